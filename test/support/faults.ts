import assert from 'node:assert/strict';

/** Has a sandbox answer as faults tell it to, instead of all that it was told before. Source: docs/sandbox.md. */
export async function setFaults(
  { url, appSecret }: { readonly url: string; readonly appSecret: string },
  ...faults: string[]
): Promise<void> {
  const headers = { 'x-sandbox-secret': appSecret };
  const admin = `${url}/sandbox/admin/faults`;
  assert.ok((await fetch(admin, { method: 'DELETE', headers })).ok);
  if (faults.length === 0) return;
  assert.ok((await fetch(admin, { method: 'POST', headers, body: JSON.stringify({ faults }) })).ok);
}
