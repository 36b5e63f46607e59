import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors';
import type { JsonObject } from '../../../src/base/json';
import { fieldsOf } from '../../../src/objects/fields';
import { meaningOf } from '../../../src/records/fieldMeaning';
import { PointedNames, pointersIn } from '../../../src/records/pointedNames';
import type { RecordQuery } from '../../../src/records/recordCalls';
import { VirtualClock } from '../virtualClock';

const ids = ['64f0c0ffee00000000000001', '64f0c0ffee00000000000002'] as const;
const [account, employee, department] = fieldsOf({
  fields: {
    parent: { type: 'object_reference', target_api_name: 'AccountObj' },
    people: { type: 'employee_many' },
    place: { type: 'department' },
  },
});

function setUp(answer: (object: string, query: RecordQuery) => JsonObject[]) {
  const clock = new VirtualClock();
  const asked: [object: string, field: string | undefined, ids: readonly unknown[] | undefined][] = [];
  const names = new PointedNames({
    clock,
    query: (_, object, query) => {
      const [filter] = query.filters ?? [];
      asked.push([object, filter?.field_name, filter?.field_values]);
      return Promise.resolve().then(() => answer(object, query));
    },
  });
  const nameOf = (pointer: { object: string; key: string; id: string }) => names.of('c1', pointer);
  const meaning = (field: typeof account, value: string | string[]) => {
    const told = meaningOf(field?.apiName ?? '', value, field, {}, nameOf);
    return told?.kind === 'text' ? told.text : undefined;
  };
  return { clock, asked, names, meaning };
}

const all: Readonly<Record<string, JsonObject[]>> = {
  AccountObj: ids.map((_id, n) => ({ _id, name: `客户${n}` })),
  PersonnelObj: [{ _id: 'p', user_id: '1003', name: '张三' }],
  DepartmentObj: [{ _id: 'd', dept_id: '999', name: '全公司' }],
};

describe('records/pointedNames', () => {
  it('asks for all that is wanted at once, with one question for each object, and once only', async () => {
    const { clock, asked, names, meaning } = setUp(object => all[object] ?? []);
    let told = 0;
    names.onDidLearn(() => told++);
    const look = () => [
      meaning(account, ids[0]),
      meaning(account, ids[1]),
      meaning(employee, ['1003']),
      meaning(department, ['999']),
    ];
    assert.deepEqual(look(), [undefined, undefined, undefined, undefined]);
    look();
    await clock.pass(300);
    assert.deepEqual(asked, [
      ['AccountObj', '_id', [...ids]],
      ['PersonnelObj', 'user_id', ['1003']],
      ['DepartmentObj', 'dept_id', ['999']],
    ]);
    assert.deepEqual([told, ...look()], [1, '客户0', '客户1', '张三', '全公司']);
    await clock.pass(1000);
    assert.equal(asked.length, 3);
  });

  it('does not ask again for what nobody could name', async () => {
    const { clock, asked, meaning } = setUp(() => []);
    meaning(employee, ['1009']);
    await clock.pass(300);
    assert.equal(meaning(employee, ['1009']), undefined);
    await clock.pass(300);
    assert.equal(asked.length, 1);
  });

  it('asks again where the tenant could not be reached, and not where it refused', async () => {
    for (const [error, times] of [
      [new Error('unreachable'), 2],
      [Object.create(ApiError.prototype) as Error, 1],
    ] as const) {
      const { clock, asked, meaning } = setUp(() => {
        throw error;
      });
      meaning(account, ids[0]);
      await clock.pass(300);
      meaning(account, ids[0]);
      await clock.pass(300);
      assert.equal(asked.length, times);
    }
  });

  it('asks for no more than the API gives at once, and for the rest when it is wanted again', async () => {
    const many = Array.from({ length: 130 }, (_, n) => n.toString(16).padStart(24, '0'));
    const { clock, asked, meaning } = setUp((_, query) =>
      (query.filters?.[0]?.field_values ?? []).map(id => ({ _id: id, name: 'x' })),
    );
    for (let round = 0; round < 2; round++) {
      for (const id of many) meaning(account, id);
      await clock.pass(300);
    }
    assert.deepEqual(
      asked.map(([, , each]) => each?.length),
      [100, 30],
    );
  });

  it('asks anew, and takes no name that was asked for before all was forgotten', async () => {
    let tenant = 'before';
    const { clock, asked, names, meaning } = setUp(() => {
      // The connection is edited while the answer is under way.
      if (tenant === 'before') names.clear();
      return [{ _id: ids[0], name: tenant }];
    });
    let told = 0;
    names.onDidLearn(() => told++);
    meaning(account, ids[0]);
    await clock.pass(300);
    tenant = 'after';
    assert.deepEqual([meaning(account, ids[0]), told], [undefined, 1]);
    await clock.pass(300);
    assert.deepEqual([meaning(account, ids[0]), asked.length], ['after', 2]);
  });

  it('takes nothing half-typed for an id', () => {
    assert.deepEqual(pointersIn(account, ids[0].slice(1)), []);
    assert.deepEqual(pointersIn(employee, ['10', 'x', '']), []);
    assert.deepEqual(pointersIn(undefined, ids[0]), []);
    assert.deepEqual(pointersIn(account, null), []);
  });
});
