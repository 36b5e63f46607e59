import { isJsonObject, parseJson, type JsonObject } from '../base/json';
import { notAuthenticated } from './auth/caller';
import { codes, Failure, refused } from './failure';
import type { StoredFile } from './store/files';

/** A body must be a JSON map. Without one there is no authentication either, when it is looked for there. */
export function parseBody(text: string, authenticates = false): JsonObject {
  if (text.trim() === '')
    throw authenticates ? notAuthenticated() : new Failure(codes.emptyBody, 'the post body is empty');
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (error) {
    throw refused(`the post body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isJsonObject(body)) throw refused('the post body is not a JSON map');
  return body;
}

/** A multipart body: its texts as if they stood in a JSON map, and its files. */
export interface Form {
  fields: JsonObject;
  files: Map<string, StoredFile>;
}

/** An empty form when it is none: then the token is missing, and that is what the caller hears. */
export async function parseForm(contentType: string | undefined, bytes: Buffer): Promise<Form> {
  const form: Form = { fields: {}, files: new Map() };
  if (!contentType?.startsWith('multipart/form-data')) return form;
  try {
    // The multipart parser that Node brings along. It is not for servers under load; here the body is bounded, local
    // and in memory already.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const parts = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    for (const [name, value] of parts) {
      if (typeof value === 'string') form.fields[name] = value;
      else form.files.set(name, { filename: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
    }
  } catch {
    return { fields: {}, files: new Map() };
  }
  return form;
}
