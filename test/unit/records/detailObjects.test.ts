import assert from 'node:assert/strict';
import type { CrmObject } from '../../../src/objects/crmObject';
import { fieldsOf } from '../../../src/objects/fields';
import { detailCandidates } from '../../../src/records/detailObjects';

const object = (apiName: string): CrmObject => ({
  apiName,
  label: apiName,
  englishName: undefined,
  kind: 'preset',
  group: 'x',
});
const pointingTo = (target: string) =>
  fieldsOf({ fields: { master: { type: 'master_detail', target_api_name: target } } });

describe('records/detailObjects', () => {
  it('has those first that are known to be details, then those named alike, none that is its own or of another', () => {
    const known = new Map([
      ['QuoteLinesObj', pointingTo('QuoteObj')],
      ['line__c', pointingTo('SalesOrderObj')],
    ]);
    const all = ['AccountObj', 'QuoteLinesObj', 'SalesOrderObj', 'SalesOrderProductObj', 'line__c'].map(object);
    const names = detailCandidates('SalesOrderObj', all, each => known.get(each)).map(({ apiName }) => apiName);
    assert.deepEqual(names, ['line__c', 'SalesOrderProductObj', 'AccountObj']);
  });
});
