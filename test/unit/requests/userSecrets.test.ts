import assert from 'node:assert/strict';
import { Redactor } from '../../../src/api/redactor';
import { UserSecrets } from '../../../src/requests/userSecrets';
import { memorySecrets } from '../fakes';

describe('requests/userSecrets', () => {
  const setUp = () => {
    const store = memorySecrets();
    const redactor = new Redactor();
    const open = () => new UserSecrets(store, (...spellings) => redactor.learn(...spellings));
    return { store, redactor, open, secrets: open() };
  };

  it('are known to this window only until they are kept', async () => {
    const { store, open, secrets } = setUp();
    secrets.remember('a', 'once-12345');
    assert.equal(await secrets.get('a'), 'once-12345');
    assert.equal(await open().get('a'), undefined);
    await secrets.keep('a', 'kept-12345');
    assert.equal(await secrets.get('a'), 'kept-12345');
    assert.equal(await open().get('a'), 'kept-12345');
    assert.deepEqual([...store.entries.keys()], ['secret.a']);
  });

  it('may be values of the process, masked where they are long enough', () => {
    const { redactor, secrets } = setUp();
    secrets.learnValue('of-process-1');
    secrets.learnValue('short');
    assert.equal(redactor.redact('of-process-1 short').endsWith(' short'), true);
    assert.doesNotMatch(redactor.redact('of-process-1 short'), /of-process-1/);
  });

  it('are kept under a name that no other has', async () => {
    const { store, secrets } = setUp();
    assert.equal(await secrets.keepAs('token', 'first-12345'), 'token');
    assert.equal(await secrets.keepAs('token', 'first-12345'), 'token');
    assert.equal(await secrets.keepAs('token', 'other-12345'), 'token2');
    assert.deepEqual(
      [...store.entries],
      [
        ['secret.token', 'first-12345'],
        ['secret.token2', 'other-12345'],
      ],
    );
  });

  it('are forgotten for good', async () => {
    const { store, secrets } = setUp();
    await secrets.keep('a', 'kept-12345');
    secrets.remember('a', 'once-12345');
    await secrets.forget('a');
    assert.equal(await secrets.get('a'), undefined);
    assert.equal(store.entries.size, 0);
  });

  it('are masked in every spelling as soon as they are known', async () => {
    const { redactor, open, secrets, store } = setUp();
    const secret = 'p"a\\s /ü!23';
    await secrets.keep('a', secret);
    for (const text of [secret, JSON.stringify({ secret }), `?x=${encodeURIComponent(secret)}`])
      assert.match(redactor.redact(text), /‹redacted›/);
    store.entries.set('secret.b', 'from-earlier');
    await open().get('b');
    assert.equal(redactor.redact('from-earlier'), '‹redacted›');
  });
});
