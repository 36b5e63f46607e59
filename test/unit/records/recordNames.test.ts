import assert from 'node:assert/strict';
import { parseJson, isJsonObject } from '../../../src/base/json';
import { RecordNames } from '../../../src/records/recordNames';
import { acme } from '../fakes';
import { answerOf } from '../answers';

const answer = (text: string) => {
  const body = parseJson(text);
  assert.ok(isJsonObject(body));
  return answerOf({ text, body, errorCode: Number(body['errorCode'] ?? 0) });
};
const about = (object: string) => ({
  path: '/cgi/crm/v2/data/query',
  body: `{"data":{"dataObjectApiName":"${object}","search_query_info":{}}}`,
});
const page = (...names: string[]) =>
  answer(`{"data":{"dataList":[${names.map(name => `{"_id":"id-${name}","name":"${name}"}`).join()}]}}`);
const learnt = (names: RecordNames, object = 'AccountObj') => names.of('c1', object).map(({ name }) => name);

describe('records/recordNames', () => {
  it('knows the records of a page by the object that was asked for, the latest first', () => {
    const names = new RecordNames();
    names.learn(acme, about('AccountObj'), page('a', 'b'));
    names.learn(acme, about('ContactObj'), page('c'));
    assert.deepEqual(
      names.of('c1', 'AccountObj').map(({ id, name }) => `${id} ${name}`),
      ['id-b b', 'id-a a'],
    );
    assert.deepEqual(learnt(names, 'ContactObj'), ['c']);
    assert.deepEqual(names.of('c2', 'AccountObj'), []);
    assert.deepEqual(
      ['id-a', 'id-d'].map(id => names.nameOf('c1', id)),
      ['a', undefined],
    );
  });

  it('believes a record that names its own object', () => {
    const names = new RecordNames();
    const record = '{"data":{"_id":"x","name":"X","object_describe_api_name":"LeadsObj"}}';
    names.learn(acme, { path: '/cgi/unknown', body: '' }, answer(record));
    assert.deepEqual(learnt(names, 'LeadsObj'), ['X']);
  });

  it('reads lists at the top, as custom objects were reported to answer', () => {
    const names = new RecordNames();
    names.learn(acme, about('a__c'), answer('{"dataList":[{"_id":"x","name":"X"}]}'));
    assert.deepEqual(learnt(names, 'a__c'), ['X']);
  });

  it('knows a new record by the id of the answer, and a changed name', () => {
    const names = new RecordNames();
    const write = (action: string, record: string) => ({
      path: `/cgi/crm/v2/data/${action}`,
      body: `{"data":{"object_data":{"dataObjectApiName":"AccountObj",${record}}}}`,
    });
    names.learn(acme, write('create', '"name":"New"'), answer('{"dataId":"n"}'));
    assert.deepEqual(names.of('c1', 'AccountObj'), [{ id: 'n', name: 'New', object: 'AccountObj' }]);
    names.learn(acme, write('update', '"_id":"n","name":"Newer"'), answer('{}'));
    assert.deepEqual(learnt(names), ['Newer']);
    names.learn(acme, write('update', '"_id":"n","name":"Refused"'), answer('{"errorCode":1}'));
    assert.deepEqual(learnt(names), ['Newer']);
  });

  it('takes nothing from records without id or name, and from refusals', () => {
    const names = new RecordNames();
    names.learn(
      acme,
      about('AccountObj'),
      answer('{"data":{"dataList":[{"_id":"x"},{"name":"y"},{"_id":1,"name":"z"}]}}'),
    );
    names.learn(acme, about('AccountObj'), answer('{"errorCode":1,"data":{"_id":"x","name":"X"}}'));
    assert.deepEqual(learnt(names), []);
  });

  it('remembers so many, those seen last', () => {
    const names = new RecordNames(3);
    names.learn(acme, about('AccountObj'), page('a', 'b', 'c'));
    names.learn(acme, about('AccountObj'), page('a', 'd'));
    assert.deepEqual(learnt(names), ['d', 'a', 'c']);
  });

  it('forgets with the connection, and when it leads to another tenant or employee', () => {
    const names = new RecordNames();
    const learn = () => names.learn(acme, about('AccountObj'), page('a'));
    learn();
    names.keepOnly([{ ...acme, name: 'Renamed' }]);
    assert.deepEqual(learnt(names), ['a']);
    names.keepOnly([]);
    assert.deepEqual(learnt(names), []);
    for (const change of [{ host: 'other.example' }, { ea: '2' }, { userId: '1001' }]) {
      learn();
      names.keepOnly([{ ...acme, ...change }]);
      assert.deepEqual(learnt(names), []);
      learn();
      names.learn({ ...acme, ...change }, about('AccountObj'), page('b'));
      assert.deepEqual(learnt(names), ['b']);
    }
  });
});
