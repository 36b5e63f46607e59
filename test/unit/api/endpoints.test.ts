import assert from 'node:assert/strict';
import {
  endpointAt,
  endpoints,
  isCustomObject,
  pathFor,
  type Endpoint,
  type EndpointId,
} from '../../../src/api/endpoints';

describe('api/endpoints', () => {
  const check = (id: EndpointId, effect: Endpoint['effect'], preset: string, custom: string, objectAt?: string) =>
    it(`${id} has its documented paths`, () => {
      const endpoint: Endpoint = endpoints[id];
      assert.equal(pathFor(endpoint, 'AccountObj'), preset);
      assert.equal(pathFor(endpoint, 'object_x__c'), custom);
      assert.equal(pathFor(endpoint), preset);
      assert.equal(endpoint.effect, effect);
      assert.equal(endpoint.objectAt?.join('.'), objectAt);
      assert.equal(endpointAt(preset), endpoint);
      assert.equal(endpointAt(custom), endpoint);
    });
  const data = (id: EndpointId, effect: Endpoint['effect'], objectAt = 'data.dataObjectApiName') =>
    check(id, effect, `/cgi/crm/v2/data/${id}`, `/cgi/crm/custom/v2/data/${id}`, objectAt);

  data('get', 'read');
  data('query', 'read');
  data('create', 'write', 'data.object_data.dataObjectApiName');
  data('update', 'write', 'data.object_data.dataObjectApiName');
  data('changeOwner', 'write');
  data('invalid', 'write');
  data('recover', 'write');
  data('delete', 'write');
  check('lock', 'write', '/cgi/crm/v2/object/lock', '/cgi/crm/v2/object/lock', 'data.dataObjectApiName');
  check('unlock', 'write', '/cgi/crm/v2/object/unlock', '/cgi/crm/v2/object/unlock', 'data.dataObjectApiName');
  check('objectList', 'read', '/cgi/crm/v2/object/list', '/cgi/crm/v2/object/list');
  check('objectDescribe', 'read', '/cgi/crm/v2/object/describe', '/cgi/crm/v2/object/describe', 'data.apiName');
  check('token', 'read', '/oauth2.0/token', '/oauth2.0/token');

  it('has a name in both languages for each', () => {
    for (const { nameEn, nameZh } of Object.values(endpoints)) {
      assert.match(nameEn, /^[\x20-\x7e]+$/);
      assert.match(nameZh, /\p{Script=Han}/u);
    }
  });

  it('knows no path that is spelled otherwise', () => {
    for (const path of ['/cgi/crm/v2/data/Get', '/cgi/crm/v2/data/get/', '/cgi/crm/data/invalid', '/', ''])
      assert.equal(endpointAt(path), undefined);
  });

  it('tells custom objects by the end of their name', () => {
    assert.equal(isCustomObject('object_x__c'), true);
    for (const name of ['AccountObj', 'my__cObj', 'x__C', '']) assert.equal(isCustomObject(name), false);
  });
});
