import assert from 'node:assert/strict';
import { printJson } from '../../../src/base/json';
import {
  environmentPlace,
  environmentValue,
  readEnvironment,
  type Environment,
} from '../../../src/requests/environment';

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

  it('tells where a file defines what holds for a connection', () => {
    const text = '{ // Acme\n "$shared": { "a": 1, "b": 2 }, "Acme": { "a": { "b": 3 } }, }';
    const at = (connection: string | undefined, name: string) => {
      const place = environmentPlace(text, connection, name);
      return place && `${place.start} ${text.slice(place.start, place.end)}`;
    };
    assert.equal(at('Acme', 'a'), `${text.lastIndexOf('"a"') + 1} a`);
    assert.equal(at('Acme', 'b'), `${text.indexOf('"b"') + 1} b`);
    assert.equal(at(undefined, 'a'), `${text.indexOf('"a"') + 1} a`);
    assert.equal(at('Acme', 'c'), undefined);
    assert.equal(environmentPlace('{ "Acme": { "a"', 'Acme', 'a'), undefined);
  });

  const wrong = (text: string, problem: object) =>
    it(`refuses ${text}`, () => assert.deepEqual(readEnvironment(text), { problem }));
  wrong('', { code: 'notJson', error: 'ValueExpected' });
  wrong('[]', { code: 'notJson', error: 'OpenBraceExpected' });
  wrong('{ "a": { "b": 1 }', { code: 'notJson', error: 'CloseBraceExpected' });
  wrong('{ "Acme": { }, "x": 1 }', { code: 'entryInvalid', entry: 'x' });
});
