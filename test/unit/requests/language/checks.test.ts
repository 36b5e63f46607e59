import assert from 'node:assert/strict';
import { checkAgainstApi } from '../../../../src/requests/language/checks';
import { nothingKnown } from '../../../../src/requests/language/knowledge';
import { plainVariables } from '../../../../src/requests/plainVariables';
import { parse } from '../../../../src/requests/parse';
import { tenant } from './knowledge';

const query = (info: string, object = 'AccountObj') =>
  `POST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "${object}", "search_query_info": { ${info} } } }`;
const filter = (text: string) => query(`"limit": 1, "offset": 0, "filters": [{ ${text} }]`);
const create = (fields: string, action = 'create') =>
  `POST /cgi/crm/v2/data/${action}\n\n{ "data": { "object_data": { "dataObjectApiName": "AccountObj", ${fields} } } }`;
const data = (action: string, text: string) => `POST /cgi/crm/v2/data/${action}\n\n{ "data": { ${text} } }`;

/** `code@text` of each finding, and what its fix writes there. */
function findingsIn(text: string, knowledge = tenant): string[] {
  const file = parse(text);
  return checkAgainstApi(file.requests[0]!, knowledge, plainVariables(file)).map(({ code, start, end, fix }) =>
    [`${code}@${text.slice(start, end)}`, ...(fix ? [`→ ${fix.text}`] : [])].join(' '),
  );
}

const good = [
  query('"limit": 20, "offset": 40'),
  filter('"field_name": "account_level", "operator": "EQ", "field_values": ["1"]'),
  filter('"field_name": "account_level", "operator": "LIKE", "field_values": ["x"]'),
  filter('"field_name": "{{f}}", "operator": "{{o}}", "field_values": ["{{v}}"]'),
  filter('"field_name": "tags", "operator": "HASANYOF", "field_values": ["vip"]'),
  filter('"field_name": "owner.name", "operator": "EQ", "field_values": ["x"]'),
  create('"name": "x", "owner": ["1000"], "annual_revenue": "12.50", "founded": {{$timestamp}}, "is_listed": true'),
  create('"_id": "{{id}}", "name": "y", "account_level": null', 'update'),
  data('invalid', '"dataObjectApiName": "AccountObj", "object_data_id": "1"'),
  data('recover', '"dataObjectApiName": "AccountObj", "idList": ["1"]'),
  'POST /cgi/crm/custom/v2/data/get\n\n{ "data": { "dataObjectApiName": "object_x__c", "objectDataId": "1" } }',
  'POST {{host}}/anything',
  ...['add', 'save', 'merge', 'count', 'find'].map(action => `POST {{host}}/cgi/crm/v2/data/${action}`),
  query('"limit": {{limit}}, "offset": {{offset}}, "filters": {{filters}}, "fieldProjection": {{fields}}'),
  filter('"field_name": "is_listed", "operator": "EQ", "field_values": [true]'),
  filter('"field_name": "founded", "operator": "BETWEEN", "field_values": [1690000000000, "1700000000000"]'),
  filter('"field_name": "founded", "operator": "IS", "field_values": [""]'),
  create('"name": "x", "tags": {{tags}}'),
  data('delete', '"dataObjectApiName": "AccountObj", "idList": {{ids}}'),
];

/** The text after the first fix, and whether it is only a guess. */
function fixed(text: string): readonly [text: string, isGuess: boolean] {
  const file = parse(text);
  const { fix } = checkAgainstApi(file.requests[0]!, tenant, plainVariables(file)).find(each => each.fix)!;
  return [text.slice(0, fix!.start) + fix!.text + text.slice(fix!.end), fix!.isGuess ?? false];
}

const bad: Readonly<Record<string, readonly string[]>> = {
  'POST /cgi/crm/v2/data/qurey': ['pathUnknown@/cgi/crm/v2/data/qurey → /cgi/crm/v2/data/query'],
  'POST /cgi/crm/custom/v2/data/qurey': ['pathUnknown@/cgi/crm/custom/v2/data/qurey → /cgi/crm/custom/v2/data/query'],
  'POST /cgi/crm/v2/Data/Create': ['pathUnknown@/cgi/crm/v2/Data/Create → /cgi/crm/v2/data/create'],
  'POST /cgi/nothing/like/it': ['pathUnknown@/cgi/nothing/like/it'],
  'POST /cgi/crm/v2/data/qurey?x={{y}}': ['pathUnknown@/cgi/crm/v2/data/qurey → /cgi/crm/v2/data/query'],
  '@base = /cgi/crm/v2\n###\nPOST {{base}}/data/qurey': ['pathUnknown@{{base}}/data/qurey'],
  [`@object = AccountObj\n###\n${query('"limit": 1, "fieldProjection": ["colour"]', '{{object}}')}`]: [
    'fieldUnknown@"colour"',
  ],
  [query('"limit": 1, "fieldProjection": ["field_x__c", "owner__r", "owner.name"]')]: ['fieldUnknown@"field_x__c"'],
  [create('"name": "x", "field_x__c": 1, "name__o": "y"')]: ['fieldUnknown@"field_x__c"'],
  [data('get', '"dataObjectApiName": "store_x__c", "objectDataId": "1"').replace('crm/v2', 'crm/custom/v2')]: [
    'objectUnknown@"store_x__c"',
  ],
  'POST /cgi/crm/custom/data/invalid\n\n{ "data": { "dataObjectApiName": "AccountObj", "idList": ["1"] } }': [
    'objectUnfit@"AccountObj"',
  ],
  'POST /cgi/crm/team/add\n\n{ "apiName": "ContactObj", "data": { "dataIDs": ["1"] } }': ['objectUnfit@"ContactObj"'],
  [data('choose', '"apiName": "ContactObj", "objectIds": ["1"]')]: ['objectUnfit@"ContactObj"'],
  [data('invalid', '"dataObjectApiName": "BpmInstance", "object_data_id": "1"')]: [
    'objectUnfit@"BpmInstance"',
    'objectUnknown@"BpmInstance"',
  ],
  [query('"limit": "500", "offset": "0"')]: ['numberExpected@"500" → 500', 'numberExpected@"0" → 0'],
  [query('"limit": 0, "offset": -20')]: ['numberTooLow@0', 'numberTooLow@-20'],
  [filter('"field_name": "name", "operator": "EQ", "field_values": "1"')]: ['listExpected@"1" → ["1"]'],
  [filter('"field_name": "name", "operator": "EXISTS", "field_values": [""]')]: ['operatorUndocumented@"EXISTS"'],
  [filter('"field_name": "founded", "operator": "GT", "field_values": ["2024-01-01"]')]: ['valueUnfit@"2024-01-01"'],
  [filter('"field_name": "is_listed", "operator": "EQ", "field_values": ["yes"]')]: ['valueUnfit@"yes"'],
  [filter('"field_name": "annual_revenue", "operator": "GT", "field_values": ["much"]')]: ['valueUnfit@"much"'],
  [filter('"field_name": "name", "operator": "EQ", "field_values": [{}]')]: ['valueUnfit@{}'],
  [data('changeOwner', '"dataObjectApiName": "AccountObj", "Data": [{ "objectDataId": "1", "ownerId": "1001" }]')]: [
    'listExpected@"1001" → ["1001"]',
  ],
  [data('delete', '"dataObjectApiName": "AccountObj", "dataIds": ["1"]')]: ['keyUnknown@"dataIds" → "idList"'],
  [data('delete', '"dataObjectApiName": "AccountObj", "idList": "x"')]: ['listExpected@"x" → ["x"]'],
  [data('get', '"dataObjectApiName": "AccountObj", "objectDataId": ["x"]')]: [
    'idExpected@"objectDataId": ["x"] → "objectDataId": "x"',
  ],
  [data('get', '"dataObjectApiName": "AccountObj", "objectDataId": ["x", "y"]')]: [
    'idExpected@"objectDataId": ["x", "y"]',
  ],
  [data('invalid', '"dataObjectApiName": "object_x__c", "idList": ["1", "2"]').replace('crm/v2', 'crm/custom/v2')]: [
    'idExpected@"idList": ["1", "2"] → /cgi/crm/custom/data/invalid',
  ],
  'POST /cgi/crm/v2/object/lock\n\n{ "data": { "dataObjectApiName": "AccountObj", "idList": ["1"] } }': [
    'keyUnknown@"idList" → "dataIds"',
  ],
  'POST /cgi/crm/v2/data/create\n\n{ "data": { "object_data": { "dataObjectApiName": "AccountObj", "name": "x" }, "details": { "DetialObj": [{ "a": 1 }], "DetailObj": [{ "nmae": 1 }] } } }':
    ['fieldUnknown@"nmae" → "name"', 'objectUnknown@"DetialObj" → "DetailObj"', 'fieldsMissing@{ → , "name": "Name"'],
  [query('"limit": 1', 'object_x__c')]: ['pathOfPresets@/cgi/crm/v2/data/query → /cgi/crm/custom/v2/data/query'],
  [query('"limit": 1').replace('crm/v2', 'crm/custom/v2')]: [
    'pathOfCustoms@/cgi/crm/custom/v2/data/query → /cgi/crm/v2/data/query',
  ],
  [query('"limit": 1', 'AcountObj')]: ['objectUnknown@"AcountObj" → "AccountObj"'],
  [query('"limit": 200, "offset": 0')]: ['limitTooHigh@200 → 100'],
  [query('"limit": 20, "offset": 50')]: ['offsetNotMultiple@50 → 40'],
  [query('"limit": 100, "offset": 10100')]: ['offsetTooHigh@10100'],
  [query('"limit": 1, "orders": [{ "fieldName": "nmae", "isAsc": true }]')]: ['fieldUnknown@"nmae" → "name"'],
  [query('"limit": 1, "fieldProjection": ["_id", "colour"]')]: ['fieldUnknown@"colour"'],
  [filter('"field_name": "name", "operator": "NEQ", "field_values": ["x"]')]: ['operatorUnknown@"NEQ" → "N"'],
  [filter('"field_name": "owner", "operator": "GT", "field_values": ["x"]')]: ['operatorUnfit@"GT"'],
  [filter('"field_name": "name", "operator": "BETWEEN", "field_values": ["x"]')]: ['valueCount@["x"]'],
  [filter('"field_name": "account_level", "operator": "EQ", "field_values": ["重要"]')]: ['optionUnknown@"重要" → "1"'],
  [filter('"fieldName": "name", "operator": "EQ", "field_values": ["x"]')]: ['keyUnknown@"fieldName" → "field_name"'],
  [create('"owner": ["1000"]')]: ['fieldsMissing@{ → , "name": "客户名称"'],
  [create('"name": ""')]: ['fieldsMissing@{'],
  [create('"name": 5, "tags": "vip", "annual_revenue": "much", "is_listed": "true"')]: [
    'valueUnfit@5 → "5"',
    'valueUnfit@"vip" → ["vip"]',
    'valueUnfit@"much"',
    'valueUnfit@"true" → true',
  ],
  [create('"name": "x", "tags": [1], "founded": "1690000000000", "annual_revenue": ""')]: [
    'valueUnfit@[1] → ["1"]',
    'valueUnfit@"1690000000000" → 1690000000000',
  ],
  [create('"name": "x", "code": "1", "version": "2"')]: ['fieldReadOnly@"code"', 'fieldReadOnly@"version"'],
  [create('"_id": "1", "owner": ["1001"]', 'update')]: ['ownerInUpdate@"owner" → '],
  [data('invalid', '"dataObjectApiName": "AccountObj", "idList": ["1"]')]: [
    'idExpected@"idList": ["1"] → "object_data_id": "1"',
  ],
  [data('delete', '"dataObjectApiName": "AccountObj", "object_data_id": "1"')]: [
    'idListExpected@"object_data_id": "1" → "idList": ["1"]',
  ],
  [data('get', '"dataObjectApiName": "AccountObj", "objectdataId": "1"')]: [
    'keyUnknown@"objectdataId" → "objectDataId"',
  ],
  [data('invalid', '"dataObjectApiName": "PriceBookProductObj", "object_data_id": "1"')]: [
    'invalidatingNotNeeded@/cgi/crm/v2/data/invalid',
  ],
};

describe('requests/language/checks', () => {
  for (const text of good) {
    it(`find nothing in ${JSON.stringify(text)}`, () => assert.deepEqual(findingsIn(text), []));
  }
  for (const [text, expected] of Object.entries(bad)) {
    it(`find ${expected.join(', ')}`, () => assert.deepEqual(findingsIn(text), expected));
  }

  it('guess no path for what is another word, and none that changes data', () => {
    for (const action of [
      'data/add',
      'data/save',
      'data/merge',
      'data/count',
      'data/find',
      'object/add',
      'data/udpate',
    ]) {
      assert.deepEqual(findingsIn(`POST /cgi/crm/v2/${action}`), [`pathUnknown@/cgi/crm/v2/${action}`]);
    }
  });

  for (const [what, text, expected, isGuess] of [
    ['a mistyped path', 'POST /cgi/crm/v2/data/qurey', 'POST /cgi/crm/v2/data/query', true],
    ['the case of a path', 'POST /cgi/crm/v2/data/Query', 'POST /cgi/crm/v2/data/query', false],
    [
      'a mistyped field',
      query('"limit": 1, "fieldProjection": ["nmae"]'),
      query('"limit": 1, "fieldProjection": ["name"]'),
      true,
    ],
    ['a limit', query('"limit": 200'), query('"limit": 100'), false],
    ['an owner that is last', create('"_id": "1", "owner": ["1"]', 'update'), create('"_id": "1"', 'update'), false],
    ['an owner that is not', create('"owner": ["1"], "_id": "1"', 'update'), create('"_id": "1"', 'update'), false],
    [
      'missing fields, each on a line of its own',
      create('\n    "owner": ["1"]\n'),
      create('\n    "owner": ["1"],\n    "name": "客户名称"\n'),
      true,
    ],
  ] as const) {
    it(`put right ${what}`, () => assert.deepEqual(fixed(text), [expected, isGuess]));
  }

  it('name the call that changes the owner of a custom object', () => {
    const text = create('"_id": "1", "owner": ["1"]', 'update').replace('AccountObj', 'object_x__c');
    const [finding] = checkAgainstApi(parse(text.replace('crm/v2', 'crm/custom/v2')).requests[0]!, tenant);
    assert.deepEqual(finding?.data, { path: '/cgi/crm/custom/v2/data/changeOwner' });
  });

  it('are silent about objects, fields and options of a tenant that has told nothing', () => {
    assert.deepEqual(findingsIn(query('"limit": 1', 'NoObj'), nothingKnown), []);
    assert.deepEqual(findingsIn(create('"nothing": 1'), nothingKnown), []);
  });
});
