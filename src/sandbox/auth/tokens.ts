import { randomBytes } from 'node:crypto';

/** Lives of a token in milliseconds (facts 2.1): asked again within the first, the same token is given. */
const sameFor = 6_600_000;
const goodFor = 7_200_000;

interface Token {
  token: string;
  issued: number;
}

/** Issues access tokens and knows which are good. One office serves both ways of signing in. */
export class Tokens {
  private issued: Token[] = [];

  /** The token to give now, and the whole seconds that it still has. */
  issue(now: number): { token: string; expiresIn: number } {
    this.issued = this.issued.filter(token => now < token.issued + goodFor);
    let current = this.issued.at(-1);
    if (!current || now >= current.issued + sameFor) {
      current = { token: randomBytes(16).toString('hex').toUpperCase(), issued: now };
      this.issued.push(current);
    }
    return { token: current.token, expiresIn: Math.floor((current.issued + goodFor - now) / 1000) };
  }

  isGood(token: string, now: number): boolean {
    return this.issued.some(entry => entry.token === token && now < entry.issued + goodFor);
  }
}
