import assert from 'node:assert/strict';
import { formatEdits } from '../../../../src/requests/language/format';
import { parse } from '../../../../src/requests/parse';

function formatted(text: string): string {
  let result = text;
  for (const { start, end, text: put } of formatEdits(parse(text), { tabSize: 2, insertSpaces: true }).reverse()) {
    result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}

describe('requests/language/format', () => {
  it('lays out bodies and leaves the rest as it is', () => {
    const text = '@a=1\n###   x\nPOST /a\n\n{"a":{{id}},"b":["{{x}}",],} // end\n\n??   a == 1\n';
    assert.equal(
      formatted(text),
      '@a=1\n###   x\nPOST /a\n\n{\n  "a": {{id}},\n  "b": [\n    "{{x}}",\n  ],\n} // end\n\n??   a == 1\n',
    );
    assert.equal(formatted(formatted(text)), formatted(text));
  });

  it('keeps comments, line ends and what is not JSON', () => {
    const text = 'POST /a\r\n\r\n{\r\n# of the author\r\n"a":1}';
    assert.equal(formatted(text), 'POST /a\r\n\r\n{\r\n  # of the author\r\n  "a": 1\r\n}');
    for (const broken of ['POST /a\n\n{"a":', 'POST /a\n\n< ./x.json']) assert.equal(formatted(broken), broken);
  });
});
