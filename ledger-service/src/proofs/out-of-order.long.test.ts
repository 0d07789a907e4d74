// SPDX-License-Identifier: Apache-2.0
// A ledger on a chain that answers as Hyperledger Besu does. Batches share blocks there, and one that cannot be proven holds
// up nobody: those behind it become final before it.
import { batchSlot, fromHex } from '@inkseal/verifier';
import { expect } from 'chai';
import { requireOneAnchorPerBatch, untilFinal } from '../../../test/support/anchored.ts';
import { type BesuFaults, besuLike, type RpcAnswer, type RpcRequest } from '../../../test/support/besu-stub.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { onEachNetwork } from '../../../test/support/networks.ts';
import {
  type LedgerFixture,
  ledgerFixture,
  type SteppedLedger,
  steppedLedger,
} from '../../../test/support/pipeline.ts';
import { oldestUnanchored } from '../batching/index.ts';
import { readWorkAlarms, readWorkHealth } from '../pipeline/health.ts';
import { REGISTRY_LAYOUT } from '../registry/index.ts';
import { requestRevocation } from '../revocations/index.ts';
import { proveAbsence } from './index.ts';

const WITHIN = { withinMs: 60_000, everyMs: 50 };

type Fault = (answer: RpcAnswer) => RpcAnswer;

const STATE_LOST: Fault = () => ({ error: { code: -32000, message: 'World state unavailable' } });
const FAULTS: readonly [what: string, fault: Fault][] = [
  ['the node has lost the state', STATE_LOST],
  ['the node gives no proof', () => ({ result: null })],
  ["the node gives another slot's proof", ({ result }) => ({ result: withoutNodes(result) })],
];

onEachNetwork('proving on a node like Besu', (_name, makeNetwork) => {
  let network: Awaited<ReturnType<typeof besuLike>>;
  let fixture: LedgerFixture;
  let stepped: SteppedLedger;

  before(async () => {
    network = await besuLike(await makeNetwork());
  });
  after(() => network?.stop());
  beforeEach(async () => {
    network.faults.tamper = undefined;
    fixture = await ledgerFixture(network);
    stepped = await steppedLedger(fixture);
  });
  afterEach(() => fixture.close());

  it('when batches share a block › makes all of them final', async () => {
    const ids = await anchorTogether(4);
    await untilFinal(stepped, fixture, ids);
    const { rows } = await fixture.database.pool.query('SELECT DISTINCT mined_block FROM batch');
    expect(rows.length).to.be.below(4);
    await requireOneAnchorPerBatch(network, stepped, fixture);
  });

  for (const [what, fault] of FAULTS) {
    it(`when ${what} for one batch › finishes those behind it, and that one when it is over`, async () => {
      const ids = await anchorTogether(3);
      network.faults.tamper = faultFor(await rootOf(1), fault);
      await until(['mined', 'final', 'final']);
      const [blocked, ...others] = await sequences();
      expect(blocked).to.equal(null);
      // They are proven side by side: either may be first.
      expect(others).to.have.members(['1', '2']);
      await stepped.advance();
      network.faults.tamper = undefined;
      await untilFinal(stepped, fixture, ids);
      expect(await sequences()).to.deep.equal(['3', ...others]);
      await requireOneAnchorPerBatch(network, stepped, fixture);
    });
  }

  it('when a batch has no proof for 30 s › says proof-missing, and takes it back with the proof', async () => {
    const { pool, prisma } = fixture.database;
    const ids = await anchorTogether(2);
    network.faults.tamper = faultFor(await rootOf(1), STATE_LOST);
    await until(['mined', 'final']);
    expect((await readWorkHealth(prisma)).proofs).to.deep.equal({ ok: true });
    // As if the time had passed.
    await pool.query(`UPDATE batch SET unproven_since = now() - interval '31 s' WHERE state = 'mined'`);
    expect((await readWorkHealth(prisma)).proofs).to.deep.equal({ ok: false, code: 'proof-missing' });
    expect(await readWorkAlarms(prisma)).to.deep.include({ unprovenBatches: 1 });
    network.faults.tamper = undefined;
    await pool.query('UPDATE batch SET proof_due_at = now() WHERE proof_due_at IS NOT NULL');
    await untilFinal(stepped, fixture, ids);
    expect((await readWorkHealth(prisma)).proofs).to.deep.equal({ ok: true });
    expect(await readWorkAlarms(prisma)).to.deep.include({ unprovenBatches: 0, oldestUnproven: undefined });
  });

  it('when a later batch is final first › ages, comparisons, absence, revocations and new batches still hold', async () => {
    const { pool, prisma } = fixture.database;
    const { registry } = stepped.ledger;
    const ids = await anchorTogether(2);
    network.faults.tamper = faultFor(await rootOf(1), STATE_LOST);
    await until(['mined', 'final']);
    const { rows } = await pool.query('SELECT closed_at FROM batch WHERE id = 1');
    expect(await oldestUnanchored(prisma)).to.deep.equal(rows[0].closed_at);
    await stepped.steps.compare();
    expect(stepped.steps.mismatch()).to.equal(undefined);
    const state = { nextNumber: () => Promise.reject(new RangeError('not asked')), revocation: async () => undefined };
    for (const number of [registry.firstNumber, registry.firstNumber + 1n]) {
      const refused = await proveAbsence({ database: fixture.database, registry, state }, number).catch(
        (error: Error) => error,
      );
      expect(String(refused)).to.contain('number-already-issued');
      await requestRevocation(prisma, { number, reason: 'duplicate', clientId: fixture.clientId });
    }
    await eventually(async () => {
      await stepped.advance();
      const revoked = await pool.query(`SELECT FROM revocation WHERE state = 'final'`);
      return revoked.rows.length === 2;
    }, WITHIN);
    // A restart, with a batch between the final ones that is not.
    stepped = await steppedLedger(fixture);
    ids.push(...(await anchorTogether(1)));
    await until(['mined', 'final', 'final']);
    network.faults.tamper = undefined;
    await untilFinal(stepped, fixture, ids);
    await requireOneAnchorPerBatch(network, stepped, fixture);
  });

  it('when the node shows no block for a moment › takes nothing back', async () => {
    const { pool } = fixture.database;
    const ids = await anchorTogether(2);
    network.faults.tamper = faultFor(await rootOf(1), STATE_LOST);
    await until(['mined', 'final']);
    const { rows } = await pool.query('SELECT mined_block FROM batch WHERE id = 1');
    const lost = `0x${BigInt(rows[0].mined_block).toString(16)}`;
    network.faults.tamper = ({ method, params }, answer) =>
      method === 'eth_getBlockByNumber' && params[0] === lost ? { result: null } : answer;
    await fixture.submit(1);
    expect(await stopsWith(stepped)).to.equal('chain-unavailable');
    expect((await statesOf()).slice(0, 2)).to.deep.equal(['mined', 'final']);
    network.faults.tamper = undefined;
    await untilFinal(stepped, fixture, ids);
  });

  /** Batches of one entry, signed before the first is sent, so that a block takes several. */
  async function anchorTogether(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let batch = 0; batch < count; batch += 1) {
      ids.push(...(await fixture.submit(1)));
      await stepped.steps.closeBatch();
    }
    await stepped.steps.anchor();
    return ids;
  }

  const rootOf = async (id: number): Promise<Buffer> =>
    (await fixture.database.pool.query('SELECT root FROM batch WHERE id = $1', [id])).rows[0].root;

  async function statesOf(): Promise<string[]> {
    const { rows } = await fixture.database.pool.query('SELECT state FROM batch ORDER BY id');
    return rows.map(({ state }) => state);
  }

  async function sequences(): Promise<(string | null)[]> {
    const { rows } = await fixture.database.pool.query('SELECT final_sequence FROM batch ORDER BY id');
    return rows.map(({ final_sequence }) => final_sequence);
  }

  const until = (states: string[]): Promise<unknown> =>
    eventually(async () => {
      await stepped.advance();
      return (await statesOf()).join() === states.join();
    }, WITHIN);
});

function withoutNodes(told: unknown): object {
  const proof = told as { storageProof: object[] }; // the node's answer to eth_getProof
  return { ...proof, storageProof: proof.storageProof.map((slot) => ({ ...slot, proof: [] })) };
}

/** Every proof that has to do with this batch. */
function faultFor(root: Uint8Array, fault: Fault): BesuFaults['tamper'] {
  const slot = BigInt(`0x${Buffer.from(batchSlot(root, fromHex(REGISTRY_LAYOUT.batchesSlot))).toString('hex')}`);
  return ({ method, params }: RpcRequest, answer: RpcAnswer) => {
    if (method !== 'eth_getProof') return answer;
    const [, asked] = params as [string, string[]]; // address and slots
    return asked.some((one) => BigInt(one) === slot) ? fault(answer) : answer;
  };
}

/** The code with which the steps stop: their own, or that of what stopped them. */
function stopsWith({ advance }: SteppedLedger): Promise<string> {
  return eventually(async () => {
    const stopped = await advance().catch((error: Stop) => error.cause?.code ?? error.code ?? String(error));
    return stopped || undefined;
  }, WITHIN);
}

interface Stop {
  readonly code?: string;
  readonly cause?: { readonly code?: string };
}
