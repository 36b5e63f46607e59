import assert from 'node:assert/strict';
import entries from '../../../src/objects/catalogue.json';
import otherNames from '../../../src/objects/moreObjects.json';
import {
  catalogueEntry,
  customGroup,
  groupName,
  groupOrder,
  otherGroup,
  publishedChineseName,
} from '../../../src/objects/catalogue';

describe('objects/catalogue', () => {
  const names = entries.map(({ apiName }) => apiName);

  it('has every object of the published menu once', () => {
    assert.ok(names.length >= 207, String(names.length));
    assert.equal(new Set(names).size, names.length);
    for (const name of ['AccountObj', 'ContactObj', 'LeadsObj', 'SalesOrderObj', 'WebImVisitorObj', 'SPUObj'])
      assert.ok(catalogueEntry(name), name);
  });

  it('gives each a name in both languages, a group and how sure it is', () => {
    for (const { apiName, en, zh, group, confidence } of entries) {
      assert.match(apiName, /^[A-Za-z][A-Za-z0-9]*$/);
      assert.match(en, /^\P{Script=Han}+$/u, apiName);
      assert.match(zh, /\p{Script=Han}|^[\x20-\x7e]+$/u, apiName);
      assert.ok(groupOrder.includes(group), `${apiName}: ${group}`);
      assert.ok(['documented', 'seen', 'inferred'].includes(confidence), apiName);
    }
  });

  it('uses every group but those for what it does not know', () => {
    const used = new Set(entries.map(({ group }) => group));
    assert.deepEqual(
      groupOrder.filter(group => !used.has(group)),
      [otherGroup, customGroup],
    );
  });

  it('names groups in both languages', () => {
    for (const group of groupOrder) assert.match(groupName(group).zh, /\p{Script=Han}/u);
    assert.deepEqual(groupName('Unheard of'), { en: 'Unheard of', zh: 'Unheard of' });
  });

  it('knows Chinese names of objects outside the menu', () => {
    assert.equal(publishedChineseName('ABTestObj'), '营销AB测试');
    assert.equal(publishedChineseName('AccountObj'), catalogueEntry('AccountObj')?.zh);
    assert.equal(publishedChineseName('object_x__c'), undefined);
    assert.equal(new Set(otherNames.map(([name]) => name)).size, otherNames.length);
  });

  it('lets price-book lines, and nothing else, be deleted directly', () => {
    const direct = entries.filter(entry => 'deleteDirectly' in entry).map(({ apiName }) => apiName);
    assert.ok(direct.length > 0);
    for (const name of direct) assert.match(name, /PriceBook/i);
  });
});
