import type { Piece } from './pieces';
import type { SnippetCall } from './snippet';

/** How a language spells text that is known and text that is not. */
interface Spelling {
  readonly literal: (text: string) => string;
  readonly variable: (name: string) => string;
  /** A language without one takes the example. */
  readonly uuid?: string;
  readonly plus: string;
}

/** An expression for the pieces, put together where there are several. */
function spell({ literal, variable, uuid, plus }: Spelling, pieces: readonly Piece[]): string {
  const known = merged(uuid === undefined ? pieces.map(withExample) : pieces);
  if (known.length === 0) return literal('');
  return known
    .map(piece =>
      'text' in piece ? literal(piece.text) : 'variable' in piece ? variable(piece.variable) : (uuid ?? ''),
    )
    .join(plus);
}

function withExample(piece: Piece): Piece {
  return 'uuid' in piece ? { text: piece.uuid.example } : piece;
}

/** Neighbouring texts become one. */
function merged(pieces: readonly Piece[]): Piece[] {
  return pieces.reduce<Piece[]>((list, piece) => {
    const last = list.at(-1);
    if (!last || !('text' in last) || !('text' in piece)) return [...list, piece];
    return [...list.slice(0, -1), { text: last.text + piece.text }];
  }, []);
}

/** In single quotes a shell reads every character as it is. */
const bash: Spelling = {
  literal: text => `'${text.replaceAll("'", String.raw`'\''`)}'`,
  variable: name => `"$${name}"`,
  plus: '',
};

export function curl({ url, headers, body }: SnippetCall): string {
  const header = ([name, value]: SnippetCall['headers'][number]) =>
    `-H ${spell(bash, [{ text: `${name}: ` }, ...value])}`;
  const data = body ? `--data-raw ${spell(bash, body)}` : '-X POST';
  return `${[`curl ${spell(bash, url)}`, ...headers.map(header), data].join(' \\\n  ')}\n`;
}

const javascriptSpelling: Spelling = {
  literal: text =>
    text.includes('\n')
      ? `\`${text.replace(/[\\`]|\$(?=\{)/g, String.raw`\$&`)}\``
      : `'${text.replace(/[\\']/g, String.raw`\$&`).replaceAll('\r', '\\r')}'`,
  variable: name => `process.env.${name}`,
  uuid: 'crypto.randomUUID()',
  plus: ' + ',
};

export function javascript({ url, headers, body }: SnippetCall): string {
  const spelled = (pieces: readonly Piece[]) => spell(javascriptSpelling, pieces);
  const header = ([name, value]: SnippetCall['headers'][number]) =>
    `      ${spelled([{ text: name }])}: ${spelled(value)},`;
  return `import axios from 'axios';

const { data } = await axios.post(
  ${spelled(url)},
  ${body ? spelled(body) : 'undefined'},
  {
    headers: {
${headers.map(header).join('\n')}
    },
  },
);
console.log(data);
`;
}

const pythonSpelling: Spelling = {
  literal: text => {
    const escaped = text.replace(/[\\']/g, String.raw`\$&`).replaceAll('\r', '\\r');
    return text.includes('\n') ? `'''${escaped}'''` : `'${escaped}'`;
  },
  variable: name => `os.environ['${name}']`,
  uuid: 'str(uuid.uuid4())',
  plus: ' + ',
};

export function python({ url, headers, body }: SnippetCall): string {
  const spelled = (pieces: readonly Piece[]) => spell(pythonSpelling, pieces);
  const header = ([name, value]: SnippetCall['headers'][number]) =>
    `        ${spelled([{ text: name }])}: ${spelled(value)},`;
  return `import os
import uuid

import requests

response = requests.post(
    ${spelled(url)},
    headers={
${headers.map(header).join('\n')}
    },
${body ? `    data=(${spelled(body)}).encode('utf-8'),\n` : ''})
print(response.json())
`;
}

/** What JSON escapes in a string, Java and C# read alike. */
const quoted = (text: string) => JSON.stringify(text);

const javaSpelling: Spelling = {
  // Line by line, since a text block would take blanks away.
  literal: text =>
    text
      .split(/(?<=\n)/)
      .map(quoted)
      .join(' +\n        ') || '""',
  variable: name => `System.getenv("${name}")`,
  uuid: 'UUID.randomUUID()',
  plus: ' + ',
};

export function java({ url, headers, body }: SnippetCall): string {
  const spelled = (pieces: readonly Piece[]) => spell(javaSpelling, pieces);
  const header = ([name, value]: SnippetCall['headers'][number]) =>
    `        .header(${spelled([{ text: name }])}, ${spelled(value)})`;
  const publisher = body ? 'ofString(body)' : 'noBody()';
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

public class FxiaokeCall {
  public static void main(String[] args) throws Exception {
${body ? `    String body = ${spelled(body)};\n` : ''}    HttpRequest request = HttpRequest.newBuilder(URI.create(${spelled(url)}))
${headers.map(header).join('\n')}
        .POST(HttpRequest.BodyPublishers.${publisher})
        .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(response.body());
  }
}
`;
}

const csharpSpelling: Spelling = {
  literal: text => `@"${text.replaceAll('"', '""')}"`,
  variable: name => `Environment.GetEnvironmentVariable("${name}")`,
  uuid: 'Guid.NewGuid()',
  plus: ' + ',
};

export function csharp({ url, headers, body }: SnippetCall): string {
  const spelled = (pieces: readonly Piece[]) => spell(csharpSpelling, pieces);
  const content = body
    ? `request.Content = new StringContent(${spelled(body)}, Encoding.UTF8, "application/json");\n`
    : '';
  const header = ([name, value]: SnippetCall['headers'][number]) =>
    `request.Headers.TryAddWithoutValidation(${spelled([{ text: name }])}, ${spelled(value)});`;
  // The type of the content belongs to the content.
  const own = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return `using System;
using System.Net.Http;
using System.Text;

using var client = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.Post, ${spelled(url)});
${own.map(header).join('\n')}
${content}using var response = await client.SendAsync(request);
Console.WriteLine(await response.Content.ReadAsStringAsync());
`;
}

const phpSpelling: Spelling = {
  literal: text => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`,
  variable: name => `getenv('${name}')`,
  plus: ' . ',
};

export function php({ url, headers, body }: SnippetCall): string {
  const spelled = (pieces: readonly Piece[]) => spell(phpSpelling, pieces);
  const header = ([name, value]: SnippetCall['headers'][number]) =>
    `        ${spelled([{ text: `${name}: ` }, ...value])},`;
  return `<?php
$curl = curl_init(${spelled(url)});
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_HTTPHEADER => [
${headers.map(header).join('\n')}
    ],
    CURLOPT_POSTFIELDS => ${body ? spelled(body) : "''"},
]);
echo curl_exec($curl);
`;
}
