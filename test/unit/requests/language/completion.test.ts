import assert from 'node:assert/strict';
import { completionsAt, objectAt } from '../../../../src/requests/language/completion';
import { parse } from '../../../../src/requests/parse';
import { connectionNameOf } from '../../../../src/requests/plainVariables';
import { atCursor, tenant } from './knowledge';

const body = (action: string, text: string) => `POST /cgi/crm/v2/data/${action}\n\n{ "data": { ${text} } }`;
const query = (info: string) => body('query', `"dataObjectApiName": "AccountObj", "search_query_info": { ${info} }`);
const record = (text: string) => body('create', `"object_data": { "dataObjectApiName": "AccountObj", ${text} }`);

function at(marked: string) {
  const { text, offset } = atCursor(marked);
  const file = parse(text);
  return { text, items: completionsAt(file, offset, tenant) };
}

const labels = (marked: string) => at(marked).items.map(({ label }) => label);

/** The text after the item of that label was taken; where the cursor stops in a snippet there is a `¦`. */
function taking(marked: string, label: string): string {
  const { text, items } = at(marked);
  const item = items.find(each => each.label === label);
  assert.ok(item, `${label} is none of ${items.map(each => each.label).join(', ')}`);
  const insert = item.insert
    .replace(/\$\{\d:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/\\([\\$}])/g, '\uE000$1')
    .replace(/(?<!\uE000)\$0/g, '¦')
    .replaceAll('\uE000', '');
  return text.slice(0, item.range.start) + insert + text.slice(item.range.end);
}

describe('requests/language/completion', () => {
  it('offers the method and the paths in an empty file', () => {
    const found = labels('¦');
    assert.equal(found[0], 'POST');
    assert.ok(found.includes('/cgi/crm/v2/data/query') && found.includes('/cgi/crm/custom/v2/data/query'));
    assert.equal(new Set(found).size, found.length);
    // Most want records, and hardly anybody to sign in.
    assert.equal(found[1], '/cgi/crm/v2/data/get');
    assert.ok(found.indexOf('/oauth2.0/token') > found.indexOf('/cgi/attendance/find'));
  });

  it('writes a path with a ready body, which is JSON', () => {
    const text = taking('### x\nPOST /cgi/crm¦', '/cgi/crm/v2/data/delete');
    const file = parse(text);
    assert.deepEqual(file.problems, []);
    assert.equal(file.requests[0]?.target?.text, '/cgi/crm/v2/data/delete');
    assert.match(text, /"idList": \[/);
    for (const { label } of at('¦').items.filter(({ kind }) => kind === 'path')) {
      assert.deepEqual(parse(taking('¦', label)).problems, [], label);
    }
  });

  it('leaves a body that is there alone', () => {
    const text = taking(`POST /cgi¦\n\n{ "data": 1 }`, '/cgi/crm/v2/data/get');
    assert.equal(text, 'POST /cgi/crm/v2/data/get\n\n{ "data": 1 }');
  });

  it('marks the names of objects for which nobody vouches', () => {
    const { items } = at(body('query', '"dataObjectApiName": "¦"'));
    assert.deepEqual(
      items.filter(({ unverified }) => unverified).map(({ label }) => label),
      ['PriceBookProductObj'],
    );
  });

  it('finds paths by name in both languages and by initials', () => {
    const item = at('POST ¦').items.find(({ label }) => label === '/cgi/crm/v2/data/query');
    assert.match(item?.filter ?? '', /Query records.*数据.*sj/);
  });

  it('finds them by several words of their name, which are no method', () => {
    assert.equal(taking('### x\nquery rec¦', '/cgi/crm/v2/data/query').split('\n')[1], 'POST /cgi/crm/v2/data/query');
    assert.equal(taking('post query rec¦', '/cgi/crm/v2/data/query').split('\n')[0], 'post /cgi/crm/v2/data/query');
    assert.deepEqual(labels('POST /cgi/crm/v2/data/query ¦'), []);
  });

  it('offers directives, and the tenants of a connection', () => {
    assert.deepEqual(labels('# @¦\nPOST /a'), ['@name', '@connection', '@confirm']);
    assert.deepEqual(labels('# @connection ¦\nPOST /a'), ['Acme', 'Acme staging']);
    assert.equal(taking('# @na¦\nPOST /a', '@name'), '# @name ¦\nPOST /a');
    assert.equal(taking('# @connection: Acme st¦\nPOST /a', 'Acme staging'), '# @connection: Acme staging\nPOST /a');
  });

  it('offers the same where an input method typed full-width punctuation, and replaces it', () => {
    assert.equal(
      taking(body('get', '"dataObjectApiName": “客¦”'), 'AccountObj'),
      body('get', '"dataObjectApiName": "AccountObj"'),
    );
    const filterOf = (marked: string, label: string) => at(marked).items.find(item => item.label === label)?.filter;
    assert.match(filterOf(body('get', '"dataObjectApiName": “客¦”'), 'AccountObj') ?? '', /^“AccountObj 客户/);
    assert.equal(taking('＃ ＠na¦\nPOST /a', '@name'), '＃ @name ¦\nPOST /a');
    assert.equal(filterOf('＃ ＠na¦\nPOST /a', '@name'), '＠name');
    assert.equal(taking('POST /a\n\n？？ errorC¦', 'errorCode'), 'POST /a\n\n？？ errorCode');
  });

  it('replaces no more than what is typed of a text whose second quote is missing', () => {
    for (const quote of ['"', '“']) {
      assert.equal(
        taking(body('get', `"dataObjectApiName": ${quote}acc¦`), 'AccountObj'),
        body('get', '"dataObjectApiName": "AccountObj"'),
      );
    }
  });

  it('offers a whole condition where a list of them is empty, and a whole order', () => {
    const [condition, ...others] = at(query('"filters": [¦]')).items;
    assert.deepEqual(others, []);
    assert.equal(condition?.label, '{ field_name, field_values, operator }');
    assert.match(condition.filter ?? '', /^filter/);
    assert.equal(condition.insert, '{ "field_name": "$1", "field_values": ["$2"], "operator": "$3" }');
    assert.deepEqual(labels(query('"orders": [¦]')), ['{ fieldName, isAsc }']);
  });

  it('offers the objects of the tenant, found by API name, names and initials', () => {
    const marked = body('get', '"dataObjectApiName": "¦"');
    assert.deepEqual(labels(marked), ['AccountObj', 'ContactObj', 'PriceBookProductObj', 'object_x__c', 'DetailObj']);
    assert.equal(at(marked).items[1]?.filter, '"ContactObj 联系人 Contact lxr"');
    assert.equal(taking(marked, 'ContactObj'), body('get', '"dataObjectApiName": "ContactObj"'));
    const unquoted = body('get', '"dataObjectApiName": ¦"x": 1');
    assert.equal(taking(unquoted, 'AccountObj'), body('get', '"dataObjectApiName": "AccountObj","x": 1'));
  });

  it('offers the keys of the endpoint that are not there yet', () => {
    const marked = query('"limit": 1, ¦');
    assert.deepEqual(labels(marked), ['offset', 'filters', 'orders', 'fieldProjection']);
    assert.equal(taking(marked, 'offset'), query('"limit": 1, "offset": 0'));
    const inside = query('"filters": [{ "¦" }]');
    assert.deepEqual(labels(inside), ['field_name', 'field_values', 'operator']);
    assert.equal(taking(inside, 'field_name'), query('"filters": [{ "field_name": "¦" }]'));
  });

  it('offers the switches that calls on records take beside their data, those of reads to reads', () => {
    const beside = (action: string) => labels(`POST /cgi/crm/v2/data/${action}\n\n{ "data": {}, ¦ }`);
    for (const action of ['get', 'query']) {
      assert.deepEqual(beside(action), ['includeNull', 'convertUserId', 'convertMediaId']);
    }
    assert.deepEqual(beside('changeOwner'), ['convertUserId', 'convertMediaId']);
    assert.deepEqual(labels('POST /cgi/crm/v2/data/query\n\n{ "data": {}, "includeNull": ¦ }'), ['true', 'false']);
  });

  it('writes a key alone where its value is there', () => {
    assert.equal(taking(query('"lim¦": 5'), 'limit'), query('"limit": 5'));
  });

  it('offers fields where they are named', () => {
    for (const info of [
      '"filters": [{ "field_name": "¦" }]',
      '"orders": [{ "fieldName": "¦" }]',
      '"fieldProjection": ["_id", "¦"]',
    ]) {
      assert.ok(labels(query(info)).includes('account_level'), info);
    }
  });

  it('offers the operators that the field has, and its options as values', () => {
    const ofLevel = (rest: string) => query(`"filters": [{ "field_name": "tags", ${rest} }]`);
    const operators = labels(ofLevel('"operator": "¦"'));
    assert.ok(operators.includes('HASANYOF') && !operators.includes('GT'));
    assert.deepEqual(labels(ofLevel('"operator": "EQ", "field_values": ["¦"]')), ['vip']);
    assert.equal(
      taking(ofLevel('"operator": "EQ", "field_values": ¦'), 'vip'),
      ofLevel('"operator": "EQ", "field_values": ["vip"]'),
    );
  });

  it('offers the fields of a new record, required ones first, without those that the server keeps', () => {
    const { items } = at(record('¦'));
    const names = items.map(({ label }) => label);
    assert.ok(names.includes('annual_revenue') && !names.includes('code') && !names.includes('version'));
    assert.deepEqual(
      items.filter(({ first }) => first).map(({ label }) => label),
      ['name', 'record_type'],
    );
    assert.deepEqual(names, [...new Set(names)]);
    assert.equal(taking(record('¦'), 'is_listed'), record('"is_listed": false'));
    assert.equal(taking(record('"account_level": "¦"'), '2'), record('"account_level": "2"'));
    assert.equal(taking(record('"tags": ¦'), 'vip'), record('"tags": ["vip"]'));
    assert.deepEqual(labels(record('"is_listed": ¦')), ['true', 'false']);
  });

  it('offers the objects of the tenant for detail records, and their fields', () => {
    const detailed = (text: string) => body('create', `"object_data": {}, "details": { ${text} }`);
    assert.deepEqual(
      labels(detailed('¦')),
      tenant.objects!.map(({ apiName }) => apiName),
    );
    assert.equal(taking(detailed('¦'), 'DetailObj'), detailed('"DetailObj": [{ ¦ }]'));
    assert.deepEqual(labels(detailed('"DetailObj": [{ ¦ }]')), ['account_id', 'owner', 'name']);
    const { text, offset } = atCursor(detailed('"DetailObj": [{ "na¦me": "" }]'));
    const file = parse(text);
    assert.equal(objectAt(file, file.requests[0]!, offset), 'DetailObj');
  });

  it('knows endpoint, object and tenant where plain variables of the file name them', () => {
    const file = parse(`@api = /cgi/crm/v2\n@object = AccountObj\n@tenant = Acme\n# @connection {{tenant}}\n### a
POST {{api}}/data/query?x={{$uuid}}

{ "data": { "dataObjectApiName": "{{object}}", "search_query_info": { "orders": [{ "fieldName": "" }] } } }`);
    const offset = file.text.indexOf('"" }') + 1;
    assert.ok(completionsAt(file, offset, tenant).some(({ label }) => label === 'account_level'));
    assert.equal(connectionNameOf(file, file.requests[0]), 'Acme');
    assert.equal(connectionNameOf(parse('@a = {{$env T}}\n# @connection {{a}}\n'), undefined), '{{a}}');
  });

  it('offers the ids of records that were seen, with their names', () => {
    const [item] = at(body('get', '"dataObjectApiName": "AccountObj", "objectDataId": "¦"')).items;
    assert.deepEqual([item?.label, item?.description], ['64f0c0ffee00000000000001', '王府井百货']);
    assert.equal(labels(body('delete', '"dataObjectApiName": "AccountObj", "idList": ["¦"]')).length, 1);
    assert.equal(
      labels(query('"filters": [{ "field_name": "_id", "operator": "EQ", "field_values": ["¦"] }]')).length,
      1,
    );
    assert.deepEqual(labels(record('"parent": "¦"')), ['64f0c0ffee00000000000001']);
  });

  it('offers variables, named answers and what is built in', () => {
    const text = '@id = 1\n### a\n# @name top\nPOST /a\n### b\nPOST /b\n\n{ "x": "{{¦" }';
    const found = labels(text);
    for (const name of ['id', 'region', 'top', '$uuid', '$prompt']) assert.ok(found.includes(name), name);
    assert.equal(taking(text, 'id'), text.replace('{{¦', '{{id}}'));
    assert.equal(taking(text.replace('¦', '¦}}'), 'id'), text.replace('{{¦', '{{id}}'));
    assert.deepEqual(labels(text.replace('¦', 'top.data.¦')).slice(0, 2), ['total', 'dataList']);
  });

  it('offers the paths of an answer that is still to come: what is documented, with the fields of the tenant', () => {
    const chain = (path: string) => `### a\n# @name made\n${record('"name": "x"')}\n### b\nPOST /b?x={{made.${path}¦}}`;
    assert.deepEqual(labels(chain('')), ['errorCode', 'errorMessage', 'errorDescription', 'traceId', 'dataId']);
    const listed = `# @name all\n${query('"limit": 1')}\n### b\nPOST /b?x={{all.data.dataList[0].¦}}`;
    assert.ok(['_id', 'owner', 'annual_revenue'].every(name => labels(listed).includes(name)));
    assert.ok(labels(`${query('"limit": 1')}\n\n?? data.dataList[0].¦`).includes('annual_revenue'));
  });

  it('offers paths and operators of assertions', () => {
    assert.deepEqual(labels('POST /a\n\n{}\n?? data.¦'), ['total', 'dataList', '_id', 'name']);
    assert.ok(labels('POST /cgi/crm/v2/data/create\n\n{}\n?? ¦').includes('dataId'));
    assert.ok(labels('POST /a\n\n{}\n?? errorCode ¦').includes('=='));
  });

  it('offers nothing in a comment, a title or a name', () => {
    for (const text of ['# some ¦', '### Title ¦', '# @name x¦\nPOST /a']) assert.deepEqual(labels(text), [], text);
  });
});
