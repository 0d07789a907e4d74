// SPDX-License-Identifier: Apache-2.0
// What may go wrong between two stages: a crash at each of them, a chain that loses its last blocks, a database that is
// older than the chain. The steps run by hand here, as processes that come and go.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { callRpc } from '../../../scripts/embedded/anvil.ts';
import { requireOneAnchorPerBatch, untilFinal } from '../../../test/support/anchored.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { freshFixtures, onEachNetwork } from '../../../test/support/networks.ts';
import {
  forgetLastBatch,
  type LedgerFixture,
  ledgerFixture,
  type SteppedLedger,
  steppedLedger,
} from '../../../test/support/pipeline.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { signBatches } from '../anchoring/index.ts';
import { closeBatch } from '../batching/index.ts';
import type { Stage } from '../config.ts';
import { createDb, type Database } from '../db/database.ts';
import { readBundle } from '../proofs/index.ts';
import { requestRevocation } from '../revocations/index.ts';

const STAGES: readonly Stage[] = ['claim', 'close', 'sign', 'send', 'result', 'proof'];
const WITHIN = { withinMs: 90_000, everyMs: 50 };
/** The same chain, but nothing says that its clock is ours. */
const CHAIN_OF_ANOTHER_MACHINE = { CHAIN_PROFILE: 'evm', CHAIN_FINALITY: 'depth:1' };

onEachNetwork('steps', (name, makeNetwork) => {
  const at = freshFixtures(makeNetwork);

  for (const stage of STAGES) {
    it(`anchors each entry exactly once after a crash at ${stage}`, async () => {
      const database = createDb(at.fixture.config.databaseUrl);
      const doomed = await steppedLedger({ ...at.fixture, database }, crashAt(stage, database));
      const ids = await at.fixture.submit(3);
      await advanceUntilCrash(doomed);
      const survivor = await steppedLedger(at.fixture);
      const later = await at.fixture.submit(2);
      await untilFinal(survivor, at.fixture, [...ids, ...later]);
      await requireOneAnchorPerBatch(at.network, survivor, at.fixture);
    });
  }

  it('sends later batches without waiting for the results of earlier ones', async () => {
    const { steps, advance, ledger } = await steppedLedger(at.fixture);
    const ids: string[] = [];
    for (let batch = 0; batch < 4; batch += 1) {
      ids.push(...(await at.fixture.submit(2)));
      await steps.closeBatch();
      await steps.anchor();
    }
    expect(await statesOf(at.fixture)).to.deep.equal(['sent', 'sent', 'sent', 'sent']);
    await untilFinal({ ledger, steps, advance }, at.fixture, ids);
  });

  it('holds back what was received by a clock ahead of the chain, until the chain is there', async () => {
    const byBlocks = await ledgerFixture(at.network, at.network.embedded ? CHAIN_OF_ANOTHER_MACHINE : {});
    const { pool } = byBlocks.database;
    const receive = (ids: string[], when: string) =>
      pool.query('UPDATE entry SET received_at = clock_timestamp() + $2::interval WHERE id = ANY($1)', [ids, when]);
    const mismatch = async () => (await pool.query('SELECT chain_mismatch AS found FROM registry')).rows[0].found;
    try {
      const stepped = await steppedLedger(byBlocks);
      const early = await byBlocks.submit(2);
      await receive(early, '1 minute');
      const punctual = await byBlocks.submit(1);
      await receive(punctual, '-1 minute');
      await untilFinal(stepped, byBlocks, punctual);
      await stepped.steps.closeBatch();
      expect(await mismatch()).to.equal('clock-ahead-of-chain');
      await stepped.steps.compare();
      expect(await mismatch()).to.equal('clock-ahead-of-chain');
      const { rows } = await pool.query('SELECT FROM entry WHERE number IS NULL');
      expect(rows).to.have.length(2);

      await receive(early, '-1 second');
      await untilFinal(stepped, byBlocks, early);
      await stepped.steps.closeBatch();
      expect(await mismatch()).to.equal(null);
    } finally {
      await byBlocks.close();
    }
  });

  it('when no verifier would believe the times of a batch › never calls it final, and continues with the next', async () => {
    const { pool } = at.fixture.database;
    const stepped = await steppedLedger(at.fixture);
    const [punctual, late] = [await at.fixture.submit(1), await at.fixture.submit(1)];
    await pool.query(`UPDATE entry SET received_at = clock_timestamp() + interval '1 minute' WHERE id = $1`, late);
    // As a ledger without a guard would have closed it.
    const notBefore = await stepped.ledger.chain.newestFinalHeader();
    await closeBatch(stepped.ledger, { maxSize: 10, notBefore, receivedUntil: new Date(Date.now() + 120_000) });
    const next = await at.fixture.submit(1);
    await untilFinal(stepped, at.fixture, next);
    await eventually(async () => {
      await stepped.advance();
      return (await pool.query('SELECT FROM batch WHERE id = 1 AND unproven_since IS NOT NULL')).rowCount === 1;
    }, WITHIN);
    expect(await statesOf(at.fixture)).to.deep.equal(['mined', 'final']);
    const [number] = await numbersOf(at.fixture, punctual);
    const refused = await readBundle(at.fixture.database.prisma, number ?? 0n, undefined).catch(
      (error: Error) => error.message,
    );
    expect(refused).to.match(/^not-yet-final/);
  });

  it('refuses to go on where the chain has numbers that the database does not know', async () => {
    const first = await steppedLedger(at.fixture);
    await untilFinal(first, at.fixture, await at.fixture.submit(2));
    await forgetLastBatch(at.fixture);
    const restored = await steppedLedger(at.fixture);
    expect(restored.steps.mismatch()).to.equal('ledger-behind-chain');
    await at.fixture.submit(1);
    await restored.advance();
    expect(await statesOf(at.fixture)).to.deep.equal([]);
  });

  it('recognises the place of its batches that others filled', async () => {
    const first = await steppedLedger(at.fixture);
    await untilFinal(first, at.fixture, await at.fixture.submit(2));
    await forgetLastBatch(at.fixture);
    await at.fixture.submit(2);
    await first.steps.closeBatch();
    const restored = await steppedLedger(at.fixture);
    expect(restored.steps.mismatch()).to.equal('ledger-behind-chain');
  });

  if (name === 'embedded')
    it('closes nothing on a chain that has lost what was final, and says so', async () => {
      const { steps, ...stepped } = await steppedLedger(at.fixture);
      await untilFinal({ steps, ...stepped }, at.fixture, await at.fixture.submit(1));
      expect(await mismatchOf(at.fixture)).to.equal(null);
      await at.network.embedded?.remember();
      await untilFinal({ steps, ...stepped }, at.fixture, await at.fixture.submit(2));
      await at.network.embedded?.kill();
      await at.network.embedded?.startFromMemory();
      await steps.compare();
      expect(await mismatchOf(at.fixture)).to.equal('chain-behind-ledger');
      await at.fixture.submit(1);
      await steps.closeBatch();
      expect(await statesOf(at.fixture)).to.deep.equal(['final', 'final']);
    });

  it('takes back what an earlier process found when it holds no more', async () => {
    const { steps } = await steppedLedger(at.fixture);
    await at.fixture.database.pool.query(`UPDATE registry SET chain_mismatch = 'chain-behind-ledger'`);
    await steps.compare();
    expect(await mismatchOf(at.fixture)).to.equal(null);
  });

  if (name === 'embedded')
    it('offers a higher fee at the same nonce for a transaction that is stuck', async () => {
      const stepped = await steppedLedger(at.fixture);
      const ids = await at.fixture.submit(2);
      await stepped.steps.closeBatch();
      await callRpc(at.network.urls[0] ?? '', 'anvil_setNextBlockBaseFeePerGas', ['0x174876e800']);
      await signBatches(stepped.ledger);
      // As if it had waited for long.
      await at.fixture.database.pool.query(`UPDATE chain_transaction SET signed_at = now() - interval '1 hour'`);
      await untilFinal(stepped, at.fixture, ids);
      const { rows } = await at.fixture.database.pool.query<{ nonces: string; hashes: string }>(
        `SELECT count(DISTINCT nonce) AS nonces, count(*) AS hashes FROM chain_transaction WHERE purpose = 'anchor'`,
      );
      expect(rows[0]).to.deep.equal({ nonces: '1', hashes: '2' });
      await requireOneAnchorPerBatch(at.network, stepped, at.fixture);
    });

  if (name === 'embedded')
    it('anchors the same numbers again when the chain loses its last blocks', async () => {
      await at.fixture.close();
      // Finality in the hands of the test: nothing after genesis is final until it says so.
      const durableFile = path.join(temporaryFolder(), 'durable.json');
      at.fixture = await ledgerFixture(at.network, { CHAIN_DURABLE_FILE: durableFile });
      const { ledger, advance, steps } = await steppedLedger(at.fixture);
      await at.network.embedded?.remember();
      const ids = await at.fixture.submit(3);
      const mined = () =>
        eventually(async () => {
          await advance();
          return (await statesOf(at.fixture)).join() === 'mined';
        }, WITHIN);
      await mined();
      const [number] = await numbersOf(at.fixture, ids);
      await requestRevocation(at.fixture.database.prisma, {
        number: number ?? 0n,
        reason: 'duplicate',
        clientId: at.fixture.clientId,
      });
      await untilRevocation(advance, at.fixture, 'mined');
      await at.network.embedded?.kill();
      await at.network.embedded?.startFromMemory();
      await eventually(async () => {
        await advance().catch(() => undefined);
        return (await statesOf(at.fixture)).join() === 'sent';
      }, WITHIN);
      await mined();
      await untilRevocation(advance, at.fixture, 'mined');
      const header = await ledger.chain.header(await ledger.chain.head());
      writeFileSync(durableFile, JSON.stringify({ block: String(header?.number), hash: header?.hash }));
      await untilFinal({ ledger, steps, advance }, at.fixture, ids);
      await untilRevocation(advance, at.fixture, 'final');
      expect(await numbersOf(at.fixture, ids)).to.include(number);
      await requireOneAnchorPerBatch(at.network, { ledger }, at.fixture);
    });
});

/** Stands for a process that ends there: what it had open is rolled back, and it writes nothing more. */
function crashAt(doomed: Stage, { pool }: Database): (stage: Stage) => void {
  return (stage) => {
    if (stage !== doomed) return;
    if (!pool.ending) void pool.end();
    throw new Error(`crash at ${stage}`);
  };
}

async function advanceUntilCrash({ advance }: SteppedLedger): Promise<void> {
  await eventually(
    () =>
      advance().then(
        () => false,
        (error: Error) => /^crash at /.test(error.message),
      ),
    WITHIN,
  );
}

async function untilRevocation(
  advance: () => Promise<void>,
  { database }: LedgerFixture,
  state: string,
): Promise<void> {
  await eventually(async () => {
    await advance();
    const { rows } = await database.pool.query('SELECT state FROM revocation');
    return rows.length === 1 && rows[0].state === state;
  }, WITHIN);
}

async function statesOf({ database }: LedgerFixture): Promise<string[]> {
  const { rows } = await database.pool.query<{ state: string }>('SELECT state FROM batch ORDER BY id');
  return rows.map(({ state }) => state);
}

async function mismatchOf({ database }: LedgerFixture): Promise<string | null> {
  const { rows } = await database.pool.query<{ chain_mismatch: string | null }>('SELECT chain_mismatch FROM registry');
  return rows[0]?.chain_mismatch ?? null;
}

async function numbersOf({ database }: LedgerFixture, ids: readonly string[]): Promise<bigint[]> {
  const { rows } = await database.pool.query<{ number: string }>(
    'SELECT number FROM entry WHERE id = ANY ($1) ORDER BY number',
    [ids],
  );
  return rows.map(({ number }) => BigInt(number));
}
