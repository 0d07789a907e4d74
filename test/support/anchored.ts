// SPDX-License-Identifier: Apache-2.0
// What has to be true of entries on a chain, whatever happened before.
import { verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { Contract } from 'ethers';
import { readBundle, readTrustFile } from '../../ledger-service/src/proofs/index.ts';
import { eventually } from './eventually.ts';
import type { LedgerFixture, SteppedLedger, TestNetwork } from './pipeline.ts';
import { withProvider } from './transactions.ts';

const WITHIN = { withinMs: 90_000, everyMs: 50 };

/** Runs the steps until these entries are final. */
export async function untilFinal(
  { advance }: SteppedLedger,
  fixture: LedgerFixture,
  ids: readonly string[],
): Promise<void> {
  await eventually(async () => {
    await advance();
    const { rows } = await fixture.database.pool.query(
      `SELECT FROM entry JOIN batch ON batch.id = batch_id WHERE entry.id = ANY ($1) AND batch.state = 'final'`,
      [ids],
    );
    return rows.length === ids.length;
  }, WITHIN);
}

/** The chain's own record against the rows: one event per batch, contiguous, and every bundle leads to its root. */
export async function requireOneAnchorPerBatch(
  network: TestNetwork,
  { ledger }: Pick<SteppedLedger, 'ledger'>,
  { database, config }: LedgerFixture,
): Promise<void> {
  const abi = ['event BatchAnchored(bytes32 indexed root, uint64 id, uint64 firstNumber, uint32 count)'];
  const events = await withProvider(network, (provider) =>
    new Contract(ledger.registry.address, abi, provider).queryFilter('BatchAnchored', 0),
  );
  const anchored = events.map((event) => ('args' in event ? [...event.args].map(String) : []));
  const { rows } = await database.pool.query<{ root: string; id: string; first_number: string; count: number }>(
    `SELECT '0x' || encode(root, 'hex') AS root, id, first_number, count FROM batch ORDER BY id`,
  );
  expect(anchored).to.deep.equal(rows.map((row) => [row.root, row.id, row.first_number, String(row.count)]));
  const { consensus } = config.chain;
  const trust = await readTrustFile(database.prisma, { organisations: new Map(), name: 'test', consensus }).catch(
    () => undefined,
  );
  const numbers = await database.pool.query<{ number: string }>('SELECT number FROM entry ORDER BY number');
  let expected = config.firstNumber;
  for (const { number } of numbers.rows) {
    expect(BigInt(number)).to.equal(expected);
    expected += 1n;
    const report = await verifyBundle(
      await readBundle(database.prisma, BigInt(number), undefined),
      trust ? { trust } : {},
    );
    expect(report.exitCode, JSON.stringify(report.checks)).to.equal(consensus === 'qbft' ? 0 : 2);
  }
}
