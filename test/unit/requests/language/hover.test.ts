import assert from 'node:assert/strict';
import { hoverAt } from '../../../../src/requests/language/hover';
import { parse } from '../../../../src/requests/parse';
import { atCursor, tenant } from './knowledge';

/** What a hover is about, its text and what tells it from others of its kind. */
function about(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  const hover = hoverAt(parse(text), offset, tenant);
  if (!hover) return undefined;
  const place = text.slice(hover.start, hover.end);
  switch (hover.about) {
    case 'endpoint':
      return `endpoint ${hover.endpoint.id} at ${place}`;
    case 'object':
      return `object ${hover.object.label} at ${place}`;
    case 'field':
      return `field ${hover.field.label} at ${place}`;
    case 'option':
      return `option ${hover.label} at ${place}`;
    case 'operator':
      return `operator ${hover.meaning.en} at ${place}`;
    case 'record':
      return `record ${hover.name} at ${place}`;
    case 'variable':
      return `variable ${hover.value} at ${place}`;
    case 'problem':
      return `problem ${hover.problem.code} at ${place}`;
    case 'builtin':
      return `builtin ${hover.name} ${hover.argument} at ${place}`;
  }
}

const query = (info: string) =>
  `### 查询：客户\nPOST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "AccountObj", "search_query_info": { ${info} } } }`;
const filter = (text: string) => query(`"filters": [{ ${text} }]`);
const id = '64f0c0ffee00000000000001';

const cases: readonly (readonly [marked: string, expected: string | undefined])[] = [
  [query('').replace('v2', 'v¦2'), 'endpoint query at /cgi/crm/v2/data/query'],
  [
    '@host = https://open.fxiaoke.com\n###\nPOST {{host}}/cgi/crm/v2/da¦ta/get',
    'endpoint get at {{host}}/cgi/crm/v2/data/get',
  ],
  ['POST /cgi/crm/v2/da¦ta/nothing', undefined],
  [query('').replace('Account', 'Acc¦ount'), 'object 客户 at "AccountObj"'],
  [query('').replace('Account', '¦Nobody'), undefined],
  [filter('"field_name": "account_¦level"'), 'field 客户级别 at "account_level"'],
  [filter('"field_name": "no¦thing"'), undefined],
  [filter('"field_name": "name", "operator": "LI¦KE"'), 'operator contains the text at "LIKE"'],
  [filter('"field_name": "account_level", "operator": "EQ", "field_values": ["¦1"]'), 'option 重要 at "1"'],
  [filter(`"field_name": "_id", "operator": "EQ", "field_values": ["¦${id}"]`), `record 王府井百货 at "${id}"`],
  [filter(`"field_name": "parent", "operator": "EQ", "field_values": ["¦${id}"]`), `record 王府井百货 at "${id}"`],
  [query('"fieldProjection": ["own¦er"]'), 'field 负责人 at "owner"'],
  [query('"orders": [{ "fieldName": "fou¦nded" }]'), 'field 成立日期 at "founded"'],
  [query('“limit”： “{{reg¦ion}}”'), 'variable 上海 at {{region}}'],
  [query('"limit": {{top.data.to¦tal}}'), 'variable 3 at {{top.data.total}}'],
  [query('"limit": {{top.data.no¦thing}}'), 'problem responsePathMissing at {{top.data.nothing}}'],
  [query('"limit": {{nob¦ody}}'), 'problem variableUnknown at {{nobody}}'],
  [query('"limit": {{$prompt How¦ many?}}'), 'builtin prompt How many? at {{$prompt How many?}}'],
  [query('"limit": 1 // a com¦ment'), undefined],
  [query('"li¦mit": 1'), undefined],
  ['### Tit¦le\nPOST /cgi/crm/v2/data/get', undefined],
  [
    `POST /cgi/crm/v2/data/get\n\n{ "data": { "dataObjectApiName": "AccountObj", "objectDataId": "${id}¦" } }`,
    `record 王府井百货 at "${id}"`,
  ],
  [
    'POST /cgi/crm/v2/data/create\n\n{ "data": { "object_data": { "dataObjectApiName": "AccountObj", "ta¦gs": [] } } }',
    'field 标签 at "tags"',
  ],
];

describe('requests/language/hover', () => {
  for (const [marked, expected] of cases) {
    it(`says ${expected ?? 'nothing'} in ${JSON.stringify(marked.slice(-60))}`, () =>
      assert.equal(about(marked), expected));
  }
});
