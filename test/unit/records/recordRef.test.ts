import assert from 'node:assert/strict';
import { readFolderUri, readRecordUri, recordUri, type RecordRef } from '../../../src/records/recordRef';

describe('records/recordRef', () => {
  const check = (ref: RecordRef, text: string) =>
    it(`${text} is there and back again`, () => {
      const { scheme, authority, path } = recordUri(ref);
      assert.equal(`${scheme}://${authority}${path}`, text);
      assert.deepEqual(readRecordUri({ authority, path }), ref);
    });
  const id = '64f0c0ffee00000000000001';
  check({ connectionId: 'c1', object: 'AccountObj', id }, `fxiaoke-record://c1/AccountObj/${id}.json`);
  check(
    { connectionId: 'sandbox', object: 'object_x__c', id: '5f8e2d1c9b7a6e5d4c3b2a1f0e9d8c7b' },
    'fxiaoke-record://sandbox/object_x__c/5f8e2d1c9b7a6e5d4c3b2a1f0e9d8c7b.json',
  );
  check({ connectionId: 'c1', object: 'PersonnelObj', id: '1000' }, 'fxiaoke-record://c1/PersonnelObj/1000.json');

  const refuses = (authority: string, path: string) =>
    it(`finds no record in ${authority}${path}`, () => assert.equal(readRecordUri({ authority, path }), undefined));
  refuses('', `/AccountObj/${id}.json`);
  for (const path of [
    '',
    '/',
    '/AccountObj',
    `/AccountObj/${id}`,
    '/AccountObj/.json',
    `//${id}.json`,
    `/A/B/${id}.json`,
    '/AccountObj/package.json',
    '/AccountObj/tsconfig.json',
    '/AccountObj/.editorconfig',
    `/AccountObj/${id}.schema.json`,
    `/node_modules/${id}.json`,
    `/.vscode/${id}.json`,
  ])
    refuses('c1', path);

  const folder = (path: string, expected: string | undefined) =>
    it(`${path} holds ${expected === undefined ? 'no records' : `records of ${expected === '' ? 'all objects' : expected}`}`, () =>
      assert.equal(readFolderUri({ path }), expected));
  folder('/', '');
  folder('', undefined);
  folder('/AccountObj', 'AccountObj');
  folder('/object_x__c/', 'object_x__c');
  folder('/node_modules', undefined);
  folder('/package.json', undefined);
  folder('/AccountObj/package.json', undefined);
});
