import assert from 'node:assert/strict';
import { fieldsOf } from '../../../src/objects/fields';
import { detailObjectAt, isInDetails, recordCompletions } from '../../../src/records/recordCompletions';

const options = [
  { value: '1', label: '重要' },
  { value: '2', label: '一般' },
];
const fields = fieldsOf({
  fields: {
    _id: { type: 'text' },
    name: { type: 'text' },
    level: { type: 'select_one', options },
    tags: { type: 'select_many', options },
    flag: { type: 'true_or_false', options: [{ value: true, label: '是' }] },
    at: { type: 'date' },
    sum: { type: 'formula' },
  },
});

describe('records/recordCompletions', () => {
  /** `‹›` is the cursor. Gives what each would put in place of what. */
  const check = (name: string, marked: string, replaced: string, expected: string[]) =>
    it(name, () => {
      const offset = marked.indexOf('‹›');
      const text = marked.replace('‹›', '');
      const found = recordCompletions(text, offset, { fields });
      assert.deepEqual(
        found.map(({ insert }) => insert),
        expected,
      );
      for (const { span } of found) assert.equal(text.slice(span.start, span.end), replaced);
    });
  const options12 = ['"1"', '"2"'];
  check('offers the options of a field where its value goes', '{"level": ‹›}', '', options12);
  check('offers them in place of the value that is there', '{"level": "‹›9"}', '"9"', options12);
  check('offers them in a value that is not closed yet', '{\n  "level": "‹›\n}', '"', options12);
  check('offers them as members of a list', '{"tags": ["1", "‹›"]}', '""', options12);
  check('offers a list of one where the list is missing', '{"tags": ‹›}', '', ['["1"]', '["2"]']);
  check('offers Booleans as such', '{"flag": ‹›}', '', ['true']);
  check('offers nothing for fields without options', '{"name": "‹›"}', '', []);
  check('offers nothing in the members of members', '{"level": {"x": "‹›"}}', '', []);
  check('offers fields that are not there, none that only the server changes', '{"name": "n", ‹›}', '', [
    '"level": $0',
    '"tags": [$0]',
    '"flag": $0',
    '"at": $0',
  ]);
  check('offers a field with room for its text', '{"level": "1", "tags": [], "flag": true, "at": 1, "‹›"}', '""', [
    '"name": "$0"',
  ]);
  check(
    'offers the bare name where a value is there',
    '{"‹›nam": "x", "level": "1", "tags": [], "flag": true, "at": 1}',
    '"nam"',
    ['"name"'],
  );
  check(
    'sets a field off from the one behind it',
    '{\n  "‹›"\n  "tags": [], "flag": true, "at": 1, "name": ""\n}',
    '""',
    ['"level": $0,'],
  );
  check('offers no fields in maps', '{"name": {"‹›"}}', '', []);

  it('tells what stands there where that is an option already: it narrows nothing', () => {
    const presentAt = (text: string) =>
      recordCompletions(text, 12, { fields }).map(found => 'present' in found && found.present);
    assert.deepEqual(presentAt('{"level": "1"}'), ['"1"', '"1"']);
    assert.deepEqual(presentAt('{"level": "9"}'), [false, false]);
  });

  it('offers nothing while no description is known', () =>
    assert.deepEqual(recordCompletions('{"level": }', 10, { fields: undefined }), []));

  describe('in the details of a new record', () => {
    const rows = fieldsOf({
      fields: {
        name: { type: 'text' },
        unit: { type: 'select_one', options },
        marks: { type: 'select_many', options },
        sum: { type: 'formula' },
      },
    });
    const objects = [
      { apiName: 'LineObj', label: '明细' },
      { apiName: 'PartObj', label: '配件', unverified: true as const },
    ];
    const offered = (name: string, marked: string, expected: string[]) =>
      it(`offers ${name}`, () => {
        const text = marked.replace('‹›', '');
        const found = recordCompletions(text, marked.indexOf('‹›'), { fields, isNew: true }, { objects, fields: rows });
        assert.deepEqual(
          found.map(({ insert }) => insert),
          expected,
        );
      });
    offered('objects that are not there yet', '{"details": {"LineObj": [], ‹›}}', ['"PartObj": [{ $0 }]']);
    it('tells which names of objects nobody vouches for', () =>
      assert.deepEqual(
        recordCompletions('{"details": {}}', 13, { fields, isNew: true }, { objects, fields: [] }).map(found =>
          found.kind === 'object' ? [found.name, found.unverified] : found.kind,
        ),
        [
          ['LineObj', false],
          ['PartObj', true],
        ],
      ));
    offered('the bare name of one that has its rows', '{"details": {"‹›": [{}]}}', ['"LineObj"', '"PartObj"']);
    offered('the fields of a row that are not in it', '{"unit": 1, "details": {"LineObj": [{}, {"name": "n", ‹›}]}}', [
      '"unit": $0',
      '"marks": [$0]',
    ]);
    offered('the options of a field of a row', '{"details": {"LineObj": [{"unit": ‹›}]}}', options12);
    offered('members of a list of a row', '{"details": {"LineObj": [{"marks": ["‹›"]}]}}', options12);
    offered('nothing in the place of the rows', '{"details": {"LineObj": ‹›}}', []);
    offered('nothing further down', '{"details": {"LineObj": [{"unit": {"x": "‹›"}}]}}', []);

    it('tells which object the cursor is in', () => {
      const text = '{"details": {"LineObj": [{"unit": 1}]}}';
      assert.equal(detailObjectAt(text, text.indexOf('unit')), 'LineObj');
      assert.equal(detailObjectAt(text, text.indexOf('LineObj')), undefined);
      assert.deepEqual(
        [text.indexOf('LineObj'), text.indexOf('details')].map(offset => isInDetails(text, offset)),
        [true, false],
      );
    });

    it('knows no details of a record that is there already', () => {
      const text = '{"details": {"LineObj": [{}]}}';
      assert.deepEqual(recordCompletions(text, text.indexOf('{}') + 1, { fields }, { objects, fields: rows }), []);
    });
  });

  it('offers an owner and a place for details in a new record', () => {
    const owner = fieldsOf({ fields: { owner: { type: 'employee' } } });
    const offered = recordCompletions('{}', 1, { fields: owner, isNew: true }).map(({ insert }) => insert);
    assert.deepEqual(offered, ['"owner": [$0]', '"details": { "$1": [{ $0 }] }']);
  });
});
