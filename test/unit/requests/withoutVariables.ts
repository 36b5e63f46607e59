import type { RequestSource } from '../../../src/requests/prepare';

const unused = () => {
  throw new Error('The request has no variables.');
};

/** For requests without variables: whoever asks for one has found something that is not there. */
export const withoutVariables: RequestSource = {
  environment: unused,
  response: unused,
  processVariable: unused,
  now: unused,
  uuid: unused,
  prompt: unused,
  secret: unused,
  readFile: unused,
};
