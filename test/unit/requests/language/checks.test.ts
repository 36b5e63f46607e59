import assert from 'node:assert/strict';
import { checkAgainstApi } from '../../../../src/requests/language/checks';
import { nothingKnown } from '../../../../src/requests/language/knowledge';
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
  const [request] = parse(text).requests;
  return checkAgainstApi(request!, knowledge).map(({ code, start, end, fix }) =>
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
];

const bad: Readonly<Record<string, readonly string[]>> = {
  'POST /cgi/crm/v2/data/qurey': ['pathUnknown@/cgi/crm/v2/data/qurey → /cgi/crm/v2/data/query'],
  'POST /cgi/nothing/like/it': ['pathUnknown@/cgi/nothing/like/it'],
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
  [create('"owner": ["1000"]')]: ['fieldsMissing@{'],
  [create('"name": ""')]: ['fieldsMissing@{'],
  [create('"name": 5, "tags": "vip", "annual_revenue": "much", "is_listed": "true"')]: [
    'valueUnfit@5',
    'valueUnfit@"vip"',
    'valueUnfit@"much"',
    'valueUnfit@"true"',
  ],
  [create('"name": "x", "tags": [1], "founded": "1690000000000", "annual_revenue": ""')]: [
    'valueUnfit@[1]',
    'valueUnfit@"1690000000000"',
  ],
  [create('"name": "x", "code": "1", "version": "2"')]: ['fieldReadOnly@"code"', 'fieldReadOnly@"version"'],
  [create('"_id": "1", "owner": ["1001"]', 'update')]: ['ownerInUpdate@"owner"'],
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

  it('are silent about objects, fields and options of a tenant that has told nothing', () => {
    assert.deepEqual(findingsIn(query('"limit": 1', 'NoObj'), nothingKnown), []);
    assert.deepEqual(findingsIn(create('"nothing": 1'), nothingKnown), []);
  });
});
