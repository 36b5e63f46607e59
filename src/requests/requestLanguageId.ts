/** The language of request files, as the manifest calls it. */
export const requestLanguageId = 'fxiaoke-request';
