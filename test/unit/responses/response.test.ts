import assert from 'node:assert/strict';
import { prettyText } from '../../../src/responses/response';

describe('responses/response', () => {
  describe('prettyText', () => {
    const check = (name: string, text: string, expected: string) =>
      it(name, () => assert.equal(prettyText(text), expected));
    check('indents JSON by two and keeps digits', '{"a":[1.10,{}]}', '{\n  "a": [\n    1.10,\n    {}\n  ]\n}\n');
    for (const text of ['<html></html>', 'Bad Gateway', '', '{"a":1', '{"a":1,}'])
      check(`leaves ${text} as it came`, text, text);
    check('keeps what a page has in it', '\n <p>\n', '\n <p>\n');
  });
});
