import { randomBytes } from 'node:crypto';

/** Lives of a token in milliseconds (facts 2.1): asked again within the first, the same token is given. */
const sameFor = 6_600_000;
const goodFor = 7_200_000;

interface Token {
  token: string;
  issued: number;
  /** Given to a person by the authorization-code flow: never given again. */
  personal: boolean;
}

/** Issues access tokens and knows which are good. One office serves all ways of signing in. */
export class Tokens {
  private issued: Token[] = [];

  /** The token to give now, and the whole seconds that it still has. */
  issue(now: number): { token: string; expiresIn: number } {
    const current = this.issued.findLast(({ personal }) => !personal);
    if (!current || now >= current.issued + sameFor) return this.make(now, false);
    return { token: current.token, expiresIn: Math.floor((current.issued + goodFor - now) / 1000) };
  }

  /** A token that nobody else has. */
  issueNew(now: number): { token: string; expiresIn: number } {
    return this.make(now, true);
  }

  isGood(token: string, now: number): boolean {
    return this.issued.some(entry => entry.token === token && now < entry.issued + goodFor);
  }

  /** Lets every token expire now. */
  expireAll(): void {
    this.issued = [];
  }

  private make(now: number, personal: boolean): { token: string; expiresIn: number } {
    this.issued = this.issued.filter(token => now < token.issued + goodFor);
    const token = randomBytes(16).toString('hex').toUpperCase();
    this.issued.push({ token, issued: now, personal });
    return { token, expiresIn: goodFor / 1000 };
  }
}
