import assert from 'node:assert/strict';
import { briefField, briefRecord, fitting, fittingRecord } from '../../../src/tools/modelText';

describe('tools/modelText', () => {
  it('gives as much of a list as fits, and says how much it left out', () => {
    const list = Array.from({ length: 100 }, (_, at) => ({ at }));
    assert.deepEqual(JSON.parse(fitting({ total: 100 }, 'records', list, 10_000)), { total: 100, records: list });
    const text = fitting({ total: 100 }, 'records', list, 200);
    const { records, leftOut } = JSON.parse(text) as { records: unknown[]; leftOut: number };
    assert.ok(text.length <= 200 && records.length > 5);
    assert.equal(records.length + leftOut, 100);
  });

  it('gives none of a list whose first entry does not fit', () => {
    assert.equal(fitting({}, 'records', ['x'.repeat(100)], 50), '{"records":[],"leftOut":1}');
  });

  it('gives of a long record the fields that fit, and names the others', () => {
    const record = { _id: '1', remark: 'x'.repeat(500), name: 'A' };
    assert.deepEqual(JSON.parse(fittingRecord(record, 10_000)), record);
    assert.deepEqual(JSON.parse(fittingRecord(record, 100)), { _id: '1', name: 'A', leftOut: ['remark'] });
  });

  it('leaves out of a record what is empty and what explains other fields', () => {
    const record = {
      _id: '1',
      owner: ['1000'],
      owner__r: { name: '张三' },
      remark: '',
      level: null,
      done: false,
      n: 0,
    };
    assert.deepEqual(briefRecord(record), { _id: '1', owner: ['1000'], done: false, n: 0 });
  });

  it('tells of a field what it takes to use it', () => {
    const field = { apiName: 'x', label: 'X', type: 'text', required: false, options: [], target: undefined };
    assert.deepEqual(briefField(field), { apiName: 'x', label: 'X', type: 'text' });
    assert.deepEqual(briefField({ ...field, type: 'formula', required: true, target: 'AccountObj' }), {
      apiName: 'x',
      label: 'X',
      type: 'formula',
      required: true,
      readOnly: true,
      target: 'AccountObj',
    });
  });
});
