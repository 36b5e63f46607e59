import { randomBytes } from 'node:crypto';

/** What a client needs to sign in to the sandbox. The secrets are new at each start unless they are given. */
export interface Credentials {
  appId: string;
  appSecret: string;
  permanentCode: string;
  ea: string;
  /** The corp id that the token endpoints answer with. */
  corpId: string;
  /** The employee that a client acts as unless it has another in mind. */
  userId: string;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

export function makeCredentials(
  given: { appSecret?: string | undefined; permanentCode?: string | undefined } = {},
): Credentials {
  return {
    appId: 'FSAID_sandbox1',
    appSecret: given.appSecret ?? hex(16),
    permanentCode: given.permanentCode ?? hex(16).toUpperCase(),
    ea: 'sandbox',
    corpId: 'FSCID_00000000000000000000000000000001',
    userId: '1000',
  };
}
