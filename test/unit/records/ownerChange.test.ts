import assert from 'node:assert/strict';
import { ownerChange } from '../../../src/records/ownerChange';

const read = '{\n  "name": "A",\n  "owner": ["1000"]\n}\n';
const changeIn = (text: string, isNew = false) => ownerChange(text, { text: read, isNew });
const withOwner = (owner: string) => read.replace('["1000"]', owner);

describe('records/ownerChange', () => {
  it('is the one whom the text names, as a list of one or alone', () => {
    assert.equal(changeIn(withOwner('["1003"]'))?.owner, '1003');
    assert.equal(changeIn(withOwner('"1003"'))?.owner, '1003');
  });

  it('restores the owner and nothing else', () => {
    const text = withOwner('[\n    "1003"\n  ]').replace('"A"', '"B"');
    assert.equal(changeIn(text)?.restored, read.replace('"A"', '"B"'));
  });

  it('is none where the owner is the same, missing, several or broken', () => {
    for (const owner of ['["1000"]', '"1000"', '[]', '""', 'null', '["1", "2"]', '[1003]', '["1003"'])
      assert.equal(changeIn(withOwner(owner)), undefined, owner);
    assert.equal(changeIn('{"name":"A"}'), undefined);
  });

  it('is none in a new record, which is created with its owner', () => {
    assert.equal(changeIn(withOwner('["1003"]'), true), undefined);
  });
});
