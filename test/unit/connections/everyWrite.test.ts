import assert from 'node:assert/strict';
import { mayChangeData } from '../../../src/api/crmClient';
import { endpoints } from '../../../src/api/endpoints';
import { RefusedError } from '../../../src/api/errors';
import { FakeTenant, permit } from '../fakes';

const pathsOf = (endpoint: { readonly path: string; readonly customPath?: string }) =>
  [endpoint.path, endpoint.customPath].filter(path => path !== undefined);
const writes = Object.values(endpoints).filter(({ effect }) => effect !== 'read');
const paths = writes.flatMap(pathsOf);

describe('every endpoint that changes data', () => {
  it('is in the table as such', () => {
    assert.ok(writes.length > 20);
    for (const path of paths) assert.equal(mayChangeData(path), true, path);
  });

  for (const path of [...paths, '/cgi/nobody/knows/this']) {
    it(`${path} is sent with the permit of the gate only, and never to a read-only tenant`, async () => {
      const refusal = async (tenant: FakeTenant, options: object) => {
        const error: unknown = await tenant
          .client(options)
          .exchange({ path, body: '{}', ...('permit' in options ? { permit } : {}) })
          .catch((reason: unknown) => reason);
        return [error instanceof RefusedError && error.code, tenant.sent.length];
      };
      assert.deepEqual(await refusal(new FakeTenant(), {}), ['notPermitted', 0]);
      assert.deepEqual(await refusal(new FakeTenant(), { permit, readOnly: true }), ['readOnly', 0]);
    });
  }
});
