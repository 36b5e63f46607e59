import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it came by. */
export interface WitnessedCall {
  /** The last parts of the path, e.g. `data/update`. */
  readonly path: string;
  readonly body: any;
}

/** Stands between the extension and a sandbox, passes everything on and remembers what came by. */
export class Witness {
  readonly calls: WitnessedCall[] = [];
  readonly #server: http.Server;

  private constructor(private readonly target: string) {
    this.#server = http.createServer((request, response) => {
      // What the sandbox drops is dropped here.
      void this.#pass(request, response).catch(() => response.destroy());
    });
  }

  static async before(target: string): Promise<Witness> {
    const witness = new Witness(target);
    witness.#server.listen(0, '127.0.0.1');
    await new Promise(resolve => witness.#server.once('listening', resolve));
    return witness;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The calls whose path ends so. */
  to(ending: string): WitnessedCall[] {
    return this.calls.filter(({ path }) => path.endsWith(ending));
  }

  forget(): void {
    this.calls.length = 0;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const text = Buffer.concat(await request.toArray()).toString('utf8');
    const { pathname } = new URL(request.url ?? '', this.target);
    if (!pathname.startsWith('/oauth2.0/')) this.calls.push({ path: pathname, body: JSON.parse(text) });
    const headers = { ...(request.headers as Record<string, string>) };
    delete headers['host'];
    const answer = await fetch(new URL(request.url ?? '', this.target), { method: 'POST', headers, body: text });
    response.setHeader('content-type', answer.headers.get('content-type') ?? 'application/json');
    response.end(await answer.text());
  }
}
