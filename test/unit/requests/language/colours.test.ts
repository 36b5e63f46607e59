import assert from 'node:assert/strict';
import { coloursIn } from '../../../../src/requests/language/colours';
import { nothingKnown, type Knowledge } from '../../../../src/requests/language/knowledge';
import { parse } from '../../../../src/requests/parse';
import { tenant } from './knowledge';

/** `kind text` of each name, with a `?` behind what nobody knows. */
const colours = (text: string, knowledgeOf: (connection: string | undefined) => Knowledge = () => tenant) => {
  const file = parse(text);
  return file.sections
    .flatMap(section => coloursIn(file, section, knowledgeOf))
    .sort((a, b) => a.start - b.start)
    .map(({ kind, start, end, known }) => `${kind} ${text.slice(start, end)}${known ? '' : '?'}`);
};
const query = (object: string, info: string) =>
  `POST /cgi/crm/v2/data/query\n\n{ "data": { "dataObjectApiName": "${object}", "search_query_info": { ${info} } } }\n`;
const filter = '"filters": [{ "field_name": "account_level", "operator": "EQ", "field_values": ["1", "9"] }]';

describe('requests/language/colours', () => {
  it('tell objects, fields, operators and options that the tenant has from others', () => {
    assert.deepEqual(colours(query('AccountObj', filter)), [
      'object AccountObj',
      'field account_level',
      'operator EQ',
      'option 1',
    ]);
    const wrong = query('AcountObj', '"filters": [{ "field_name": "nme", "operator": "NEQ" }]');
    assert.deepEqual(colours(wrong), ['object AcountObj?', 'operator NEQ?']);
    assert.deepEqual(colours(query('AccountObj', '"fieldProjection": ["nme", "_id", "owner__r", "field_x__c"]')), [
      'object AccountObj',
      'field nme?',
      'field field_x__c?',
    ]);
  });

  it('tell the fields of a record by their keys', () => {
    const record = '"object_data": { "dataObjectApiName": "AccountObj", "name": "x", "nme": "{{region}}" }';
    assert.deepEqual(colours(`POST /cgi/crm/v2/data/create\n\n{ "data": { ${record} } }`), [
      'object AccountObj',
      'field name',
      'field nme?',
      'variable region',
    ]);
  });

  it('tell variables of the file, the environment and named answers from unknown ones', () => {
    const text =
      '@own = {{region}}\n### a\n# @name first\nPOST /a?x={{own}}&y={{ first.data._id }}\nx: {{nobody}} {{$uuid}}\n';
    assert.deepEqual(colours(text), ['variable region', 'variable own', 'variable first', 'variable nobody?']);
  });

  it('ask each tenant about its own requests', () => {
    const text = `### a\n${query('AccountObj', '')}### b\n# @connection Other\n${query('AccountObj', '')}`;
    const knowledgeOf = (connection: string | undefined) =>
      connection === 'Other' ? { ...nothingKnown, objects: [] } : tenant;
    assert.deepEqual(colours(text, knowledgeOf), ['object AccountObj', 'object AccountObj?']);
  });

  it('say nothing of what the tenant has not told', () => {
    assert.deepEqual(
      colours(query('AccountObj', filter), () => nothingKnown),
      ['operator EQ'],
    );
    assert.deepEqual(colours(query('{{object}}', '"fieldProjection": ["{{field}}"]')), [
      'variable object?',
      'variable field?',
    ]);
  });
});
