// SPDX-License-Identifier: Apache-2.0
// Revocations where the chain or the database took a step back: none is lost, and none holds up the next.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { callRpc } from '../../../scripts/embedded/anvil.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  type SteppedLedger,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { useNonces } from '../../../test/support/transactions.ts';
import { requestRevocation, signRevocations } from './index.ts';

const WITHIN = { withinMs: 60_000, everyMs: 50 };

describe('revocations', function () {
  this.timeout(120_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;

  before(async () => {
    network = await embeddedNetwork();
  });

  after(() => network.stop());

  afterEach(() => fixture.close());

  it('are not final by a block that the chain no longer has', async () => {
    // Finality in the hands of the test: nothing after genesis is final until it says so.
    const durableFile = path.join(temporaryFolder(), 'durable.json');
    fixture = await ledgerFixture(network, { CHAIN_DURABLE_FILE: durableFile });
    const { ledger, steps, advance } = await steppedLedger(fixture);
    const [number = 0n] = await anchoredNumbers(advance, 1);
    await revoke(number);
    await until(advance, number, 'mined');
    await fixture.database.pool.query(`UPDATE revocation SET mined_block_hash = sha256('the block that was undone')`);
    const header = await ledger.chain.header(await ledger.chain.head());
    writeFileSync(durableFile, JSON.stringify({ block: String(header?.number), hash: header?.hash }));
    await steps.prove();
    expect(await stateOf(number)).to.equal('mined');
    await until(advance, number, 'final');
  });

  it('go on after a restored backup that forgot one which the chain has', async () => {
    fixture = await ledgerFixture(network);
    const before = await steppedLedger(fixture);
    const [one = 0n, two = 0n] = await anchoredNumbers(before.advance, 2);
    await revoke(one);
    await until(before.advance, one, 'final');
    await fixture.database.pool.query('DELETE FROM revocation');
    await fixture.database.pool.query(`DELETE FROM chain_transaction WHERE purpose = 'revoke'`);
    const restored = await steppedLedger(fixture);
    await revoke(two);
    await until(restored.advance, two, 'final');
    await revoke(one);
    await until(restored.advance, one, 'final');
  });

  it('offer a higher fee at the same nonce when they are stuck', async () => {
    fixture = await ledgerFixture(network);
    const { ledger, advance } = await steppedLedger(fixture);
    const [number = 0n] = await anchoredNumbers(advance, 1);
    await revoke(number);
    await callRpc(network.urls[0] ?? '', 'anvil_setNextBlockBaseFeePerGas', ['0x174876e800']);
    await signRevocations(ledger);
    // As if it had waited for long.
    await fixture.database.pool.query(`UPDATE chain_transaction SET signed_at = now() - interval '1 hour'`);
    await until(advance, number, 'final');
    const { rows } = await fixture.database.pool.query<{ nonces: string; hashes: string }>(
      `SELECT count(DISTINCT nonce) AS nonces, count(*) AS hashes FROM chain_transaction WHERE purpose = 'revoke'`,
    );
    expect(rows[0]).to.deep.equal({ nonces: '1', hashes: '2' });
  });

  it('are signed again when their key was used elsewhere', async () => {
    fixture = await ledgerFixture(network);
    const { ledger, advance } = await steppedLedger(fixture);
    const [number = 0n] = await anchoredNumbers(advance, 1);
    await revoke(number);
    await signRevocations(ledger);
    await useNonces(network, fixture.revoker, 1);
    // As if it had waited for long.
    await fixture.database.pool.query(`UPDATE chain_transaction SET signed_at = now() - interval '1 hour'`);
    await until(advance, number, 'final');
  });

  async function anchoredNumbers(advance: SteppedLedger['advance'], count: number): Promise<bigint[]> {
    await fixture.submit(count);
    return eventually(async () => {
      await advance();
      const { rows } = await fixture.database.pool.query<{ number: string }>(
        `SELECT number FROM entry JOIN batch ON batch.id = batch_id WHERE batch.state IN ('mined', 'final') ORDER BY number`,
      );
      return rows.length === count && rows.map(({ number }) => BigInt(number));
    }, WITHIN);
  }

  function revoke(number: bigint) {
    return requestRevocation(fixture.database.prisma, { number, reason: 'duplicate', clientId: fixture.clientId });
  }

  async function stateOf(number: bigint): Promise<string> {
    return (await revoke(number)).state;
  }

  function until(advance: SteppedLedger['advance'], number: bigint, state: string): Promise<true> {
    return eventually(async () => {
      await advance();
      return (await stateOf(number)) === state;
    }, WITHIN);
  }
});
