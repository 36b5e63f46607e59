import assert from 'node:assert/strict';
import { printJson } from '../../../src/base/json';
import { environmentValue, readEnvironment, type Environment } from '../../../src/requests/environment';

function environment(text: string): Environment {
  const read = readEnvironment(text);
  assert.ok('environment' in read, text);
  return read.environment;
}

describe('requests/environment', () => {
  const near = environment('{ "Acme": { "a": 1.10, }, "$shared": { "a": 2, "b": null } } // near');
  const far = environment('\uFEFF{ "$schema": "x", "Acme": { "b": 3, "c": 4 }, "$shared": { "d": { "e": 5 } } }');
  const check = (connection: string | undefined, name: string, expected: unknown) =>
    it(`gives ${name} for ${connection ?? 'no connection'}`, () => {
      const value = environmentValue([near, far], connection, name);
      assert.deepEqual(value === undefined ? value : JSON.parse(printJson(value)), expected);
    });
  check('Acme', 'a', 1.1);
  check('Other', 'a', 2);
  check(undefined, 'a', 2);
  check('Acme', 'b', null);
  check('Acme', 'c', 4);
  check('Other', 'c', undefined);
  check('Acme', 'd', { e: 5 });
  check('Acme', 'toString', undefined);
  check('constructor', 'name', undefined);
  check('$schema', 'length', undefined);

  const wrong = (text: string, problem: object) =>
    it(`refuses ${text}`, () => assert.deepEqual(readEnvironment(text), { problem }));
  wrong('', { code: 'notJson', error: 'ValueExpected' });
  wrong('[]', { code: 'notJson', error: 'OpenBraceExpected' });
  wrong('{ "a": { "b": 1 }', { code: 'notJson', error: 'CloseBraceExpected' });
  wrong('{ "Acme": { }, "x": 1 }', { code: 'entryInvalid', entry: 'x' });
});
