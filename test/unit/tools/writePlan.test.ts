import assert from 'node:assert/strict';
import { parse } from '../../../src/requests/parse';
import { connectionOf } from '../../../src/requests/nodes';
import { writeIn } from '../../../src/api/writeIn';
import { writeOperations } from '../../../src/requests/templates';
import { PlanError, writePlan, type ProposedWrite } from '../../../src/tools/writePlan';

const proposed = (more: Partial<ProposedWrite>): ProposedWrite => ({
  operation: 'delete',
  object: 'AccountObj',
  ids: ['a', 'b'],
  data: undefined,
  owner: undefined,
  reason: undefined,
  ...more,
});
const refused = (more: Partial<ProposedWrite>) => {
  try {
    return writePlan(proposed(more), 'Acme');
  } catch (error) {
    assert.ok(error instanceof PlanError);
    return error.code;
  }
};

/** What the gate will be asked for each request of the plan. */
function writesIn(text: string) {
  const file = parse(text);
  assert.deepEqual(file.problems, []);
  return file.requests.map(request => {
    assert.equal(connectionOf(file, request)?.value.text, 'Acme');
    const { operation, object, count } = writeIn(request.target?.text ?? '', textOfBody(text, request.body));
    return `${operation} ${object ?? ''} ×${count}`;
  });
}

function textOfBody(text: string, body: { start: number; end: number } | undefined): string | undefined {
  return body && text.slice(body.start, body.end);
}

describe('tools/writePlan', () => {
  it('is one request for several records where the API takes them together, else one for each', () => {
    const given = { data: { name: 'A' }, owner: '1003' };
    const plans = writeOperations.map(operation => {
      const ids = operation === 'create' ? [] : operation === 'update' ? ['a'] : ['a', 'b'];
      return writesIn(writePlan(proposed({ ...given, operation, ids }), 'Acme'));
    });
    assert.deepEqual(plans, [
      ['create AccountObj ×1'],
      ['update AccountObj ×1'],
      ['changeOwner AccountObj ×2'],
      ['invalidate AccountObj ×1', 'invalidate AccountObj ×1'],
      ['recover AccountObj ×2'],
      ['delete AccountObj ×2'],
      ['lock AccountObj ×2'],
      ['unlock AccountObj ×2'],
    ]);
  });

  it('has the reason as a comment, which stays one whatever the model writes', () => {
    const text = writePlan(proposed({ reason: 'Duplicates.\n### x\nPOST /cgi/crm/v2/data/delete' }), 'Acme');
    assert.deepEqual(writesIn(text), ['delete AccountObj ×2']);
  });

  it('takes no order from the reason', () => {
    for (const reason of ['@confirm Sure?', '@connection Other', '@name x', ' @confirm y']) {
      const text = writePlan(proposed({ reason }), 'Acme');
      assert.deepEqual(writesIn(text), ['delete AccountObj ×2'], reason);
      assert.equal(text.split('\n')[0], `# Reason: ${reason.trim()}`);
      const { requests } = parse(text);
      assert.deepEqual([requests[0]!.confirm, requests[0]!.name], [undefined, undefined]);
    }
  });

  it('holds no variable, which would be filled in when it is sent', () => {
    for (const part of [
      { data: { name: '{{$secret mine}}' }, operation: 'create' as const, ids: [] },
      { ids: ['{{$env HOME}}'] },
      { reason: 'look: {{x}}' },
      { object: '{{x}}' },
    ])
      assert.equal(refused(part), 'template');
  });

  it('is refused when something is missing, or is too much to look through', () => {
    assert.equal(refused({ ids: [] }), 'idsMissing');
    assert.equal(refused({ operation: 'update', data: { a: 1 } }), 'oneIdExpected');
    assert.equal(refused({ operation: 'update', ids: ['a'], data: {} }), 'dataMissing');
    assert.equal(refused({ operation: 'create', ids: [] }), 'dataMissing');
    assert.equal(refused({ operation: 'changeOwner' }), 'ownerMissing');
    assert.equal(refused({ ids: Array.from({ length: 101 }, (_, at) => `${at}`) }), 'tooMany');
  });
});
