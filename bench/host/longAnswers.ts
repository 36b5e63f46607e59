import http from 'node:http';
import type { AddressInfo } from 'node:net';

const records = 100;
const fields = 400;
const words = '客户 customer of the north, since 2019; ';

/** Stands before a sandbox and answers each query with 20 MB. */
export class LongAnswers {
  readonly #server = http.createServer((request, response) => void this.#answer(request, response));
  readonly #long = Buffer.from(JSON.stringify(longAnswer()));

  private constructor(private readonly target: string) {}

  static async before(target: string): Promise<LongAnswers> {
    const answers = new LongAnswers(target);
    answers.#server.listen(0, '127.0.0.1');
    await new Promise(resolve => answers.#server.once('listening', resolve));
    return answers;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    response.setHeader('content-type', 'application/json');
    if (request.url?.includes('/data/query')) {
      response.end(this.#long);
      return;
    }
    const headers = { ...(request.headers as Record<string, string>) };
    delete headers['host'];
    const answer = await fetch(new URL(request.url ?? '', this.target), { method: 'POST', headers, body });
    response.end(await answer.text());
  }
}

function longAnswer() {
  const dataList = Array.from({ length: records }, (_, record) =>
    Object.fromEntries<string | number>([
      ['_id', record.toString(16).padStart(24, '6')] as const,
      ...Array.from({ length: fields }, (_, n): readonly [string, string | number] => [
        `field_${n}__c`,
        n % 4 === 0 ? record * n : words.repeat(1 + (n % 30)),
      ]),
    ]),
  );
  return {
    errorCode: 0,
    errorMessage: 'OK',
    traceId: 'bench',
    data: { dataList, total: records, offset: 0, limit: records },
  };
}
