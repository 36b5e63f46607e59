import { randomBytes } from 'node:crypto';

/** Seconds (api-facts.md 2.1). */
const usualLife = 7_200;
/** The part of its life in which a token that is asked for again is the same: 6600 of 7200 s. */
const sameFor = 6_600 / usualLife;

interface Token {
  token: string;
  issued: number;
  /** Given to a person by the authorization-code flow: never given again. */
  personal: boolean;
}

/** Issues access tokens and knows which are good. One office serves all ways of signing in. */
export class Tokens {
  private issued: Token[] = [];
  private readonly life: number;

  /** `life` in seconds. */
  constructor(life = usualLife) {
    this.life = life * 1000;
  }

  /** The token to give now, and the whole seconds that it still has. */
  issue(now: number): { token: string; expiresIn: number } {
    const current = this.issued.findLast(({ personal }) => !personal);
    if (!current || now >= current.issued + sameFor * this.life) return this.make(now, false);
    return { token: current.token, expiresIn: Math.floor((current.issued + this.life - now) / 1000) };
  }

  /** A token that nobody else has. */
  issueNew(now: number): { token: string; expiresIn: number } {
    return this.make(now, true);
  }

  isGood(token: string, now: number): boolean {
    return this.issued.some(entry => entry.token === token && now < entry.issued + this.life);
  }

  /** Lets every token expire now. */
  expireAll(): void {
    this.issued = [];
  }

  private make(now: number, personal: boolean): { token: string; expiresIn: number } {
    this.issued = this.issued.filter(token => now < token.issued + this.life);
    const token = randomBytes(16).toString('hex').toUpperCase();
    this.issued.push({ token, issued: now, personal });
    return { token, expiresIn: this.life / 1000 };
  }
}
