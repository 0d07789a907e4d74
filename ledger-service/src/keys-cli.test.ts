// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import { assert } from 'chai';
import { startLedger, type TestLedger } from '../../test/support/ledger.ts';
import { runNode } from '../../test/support/processes.ts';

describe('keys-cli', function () {
  this.timeout(120_000);
  let ledger: TestLedger;
  before(async () => {
    ledger = await startLedger();
  });
  after(() => ledger.stop());

  async function run(...args: string[]): Promise<{ code: unknown; output: string }> {
    const program = runNode(path.join(import.meta.dirname, 'keys-cli.ts'), args, {
      env: { LEDGER_DATABASE_URL: ledger.databaseUrl },
    });
    return { code: await program.exited, output: program.output() };
  }

  it('adds a key that works, lists it without showing it, and revokes it', async () => {
    const added = await run('add', '--client', 'auditor', '--label', 'spring audit', '--scopes', 'read');
    assert.equal(added.code, 0);
    const key = /^inkseal_\S{43}$/m.exec(added.output)?.[0] ?? '';
    const id = /key (\S{36})/.exec(added.output)?.[1] ?? '';
    assert.equal((await ledger.send('GET', '/v1/batches', { key })).status, 200);

    const listed = await run('list');
    assert.match(listed.output, new RegExp(`^${id}\tauditor\tspring audit\tread\t.*\tvalid$`, 'm'));
    assert.notInclude(listed.output, key);

    assert.equal((await run('revoke', id)).code, 0);
    assert.equal((await ledger.send('GET', '/v1/batches', { key })).status, 401);
    assert.equal((await run('revoke', id)).code, 1, 'there is no valid key of that id any more');
  });

  it('when no scopes are named, adds a key that may only read', async () => {
    const { output } = await run('add', '--client', 'auditor', '--label', 'no scopes');
    const key = /^inkseal_\S{43}$/m.exec(output)?.[0] ?? '';
    assert.equal((await ledger.send('GET', '/v1/batches', { key })).status, 200);
    const writes = ['/v1/entries', '/v1/entries/5/revocation'].map((route) =>
      ledger.send('POST', route, { key, body: {} }),
    );
    assert.deepEqual(
      (await Promise.all(writes)).map(({ status }) => status),
      [403, 403],
    );
  });

  it('when it does not understand, says how it is used', async () => {
    for (const args of [
      [],
      ['add'],
      ['add', '--client', 'a', '--label', 'b', '--scopes', 'all'],
      ['revoke'],
      ['list', 'x'],
    ]) {
      const { code, output } = await run(...args);
      assert.equal(code, 2);
      assert.match(output, /^usage/m);
    }
  });
});
