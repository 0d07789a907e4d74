// SPDX-License-Identifier: Apache-2.0
// A row that the database refuses to change, or a call that the node refuses, among others that are fine: only what it is
// about waits, and it continues automatically when the refusal is over.
import { expect } from 'chai';
import { id as keccakOfText } from 'ethers';
import { requireOneAnchorPerBatch, untilFinal } from '../../../test/support/anchored.ts';
import { besuLike, type RpcAnswer, type RpcRequest } from '../../../test/support/besu-stub.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { onEachNetwork } from '../../../test/support/networks.ts';
import {
  type LedgerFixture,
  ledgerFixture,
  type SteppedLedger,
  steppedLedger,
} from '../../../test/support/pipeline.ts';
import { useNonces } from '../../../test/support/transactions.ts';
import { signBatches } from '../anchoring/index.ts';
import { STEPS } from '../queue/index.ts';
import { requestRevocation, signRevocations } from '../revocations/index.ts';

const WITHIN = { withinMs: 60_000, everyMs: 50 };
const REVOKE = keccakOfText('revoke(uint64,uint8)').slice(0, 10);
const REVOCATION_OF = keccakOfText('revocationOf(uint64)').slice(0, 10);

onEachNetwork('work on many of which one fails', (name, makeNetwork) => {
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

  const query = async (sql: string, values: unknown[] = []) => (await fixture.database.pool.query(sql, values)).rows;

  /** As the service does: a step that fails keeps no other step from running. */
  async function runAll(): Promise<void> {
    for (const step of STEPS) await stepped.steps[step]().catch(() => undefined);
  }

  const until = (sql: string, expected: unknown): Promise<unknown> =>
    eventually(async () => {
      await runAll();
      return JSON.stringify(await query(sql)) === JSON.stringify(expected);
    }, WITHIN);

  const untilStates = (table: 'batch' | 'revocation', states: readonly string[]): Promise<unknown> =>
    until(
      `SELECT state FROM ${table} ORDER BY ${table === 'batch' ? 'id' : 'position'}`,
      states.map((state) => ({ state })),
    );

  /** Batches of one entry each, all of them signed before the first is sent. */
  async function closeBatches(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let batch = 0; batch < count; batch += 1) {
      ids.push(...(await fixture.submit(1)));
      await stepped.steps.closeBatch();
    }
    return ids;
  }

  /** Revokes this many numbers, whose batch is final. */
  async function revocations(count: number): Promise<bigint[]> {
    await untilFinal(stepped, fixture, await fixture.submit(count));
    const rows = await query('SELECT number FROM entry ORDER BY number');
    const numbers = rows.map(({ number }) => BigInt(number));
    for (const number of numbers)
      await requestRevocation(fixture.database.prisma, { number, reason: 'duplicate', clientId: fixture.clientId });
    return numbers;
  }

  async function hashOf(purpose: 'anchor' | 'revoke', subject: bigint): Promise<string> {
    const [row] = await query(
      `SELECT '0x' || encode(hash, 'hex') AS hash FROM chain_transaction WHERE purpose = $1 AND subject = $2`,
      [purpose, subject],
    );
    return row.hash;
  }

  /** The database refuses to write the row, until the answer is called. */
  async function spoil(table: string, on: 'UPDATE' | 'INSERT', condition: string): Promise<() => Promise<unknown>> {
    await query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''bad row''; END'`,
    );
    await query(
      `CREATE TRIGGER refuse BEFORE ${on} ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION refuse()`,
    );
    return () => query(`DROP TRIGGER refuse ON ${table}`);
  }

  it('when the node refuses to say whether one batch is anchored › finishes those behind it, then that one', async () => {
    const ids = await closeBatches(3);
    const [{ root }] = await query(`SELECT encode(root, 'hex') AS root FROM batch WHERE id = 1`);
    network.faults.tamper = refusing(({ method, params }) => method === 'eth_call' && dataOf(params).includes(root));
    await untilStates('batch', ['sent', 'final', 'final']);
    // Its nonce is used up, and nothing says that its transaction is lost.
    await query(`UPDATE chain_transaction SET signed_at = now() - interval '1 hour'`);
    await runAll();
    network.faults.tamper = undefined;
    await untilFinal(stepped, fixture, ids);
    await requireOneAnchorPerBatch(network, stepped, fixture);
    expect(await query('SELECT subject FROM chain_transaction GROUP BY subject, purpose HAVING count(*) > 1')).to.be
      .empty;
  });

  it('when the node refuses to show the result of one batch › sends and finishes those behind it, and so that one', async () => {
    const ids = await closeBatches(1);
    await signBatches(stepped.ledger);
    const hash = await hashOf('anchor', 1n);
    network.faults.tamper = refusing(resultOf(hash));
    ids.push(...(await closeBatches(2)));
    // A final block that has the later ones has the first.
    await untilFinalDespite(ids);
    await requireOneAnchorPerBatch(network, stepped, fixture);
  });

  it('when the row of one batch cannot be changed › finishes those behind it, then that one', async () => {
    const ids = await closeBatches(3);
    const mend = await spoil('batch', 'UPDATE', `OLD.id = 1 AND NEW.state = 'mined'`);
    await untilStates('batch', ['sent', 'final', 'final']);
    await mend();
    await untilFinal(stepped, fixture, ids);
    await requireOneAnchorPerBatch(network, stepped, fixture);
  });

  it('when the proof of one batch cannot be stored › finishes those of the same block, then that one', async () => {
    const mend = await spoil('batch_proof', 'INSERT', 'NEW.batch_id = 1');
    const ids = await closeBatches(3);
    await untilStates('batch', ['mined', 'final', 'final']);
    await mend();
    await untilFinal(stepped, fixture, ids);
  });

  it('when the rows of one batch are damaged › finishes those of the same block, then that one', async () => {
    const ids = await closeBatches(3);
    const [{ statement }] = await query('SELECT statement FROM entry WHERE batch_id = 1');
    const write = (text: string) => query('UPDATE entry SET statement = $1 WHERE batch_id = 1', [text]);
    await write('not a statement');
    await untilStates('batch', ['mined', 'final', 'final']);
    await write(statement);
    await untilFinal(stepped, fixture, ids);
  });

  for (const [what, selector] of [
    ['says nothing of one revocation', REVOCATION_OF],
    ['does not simulate one revocation', REVOKE],
  ] as const)
    it(`when the node ${what} › the others become final, then that one`, async () => {
      const [first = 0n] = await revocations(3);
      network.faults.tamper = refusing(callAbout(selector, first));
      await until(`SELECT state FROM revocation WHERE position > 1 ORDER BY position`, [
        { state: 'final' },
        { state: 'final' },
      ]);
      expect(await query(`SELECT FROM revocation WHERE state = 'final'`)).to.have.length(2);
      network.faults.tamper = undefined;
      await untilStates('revocation', ['final', 'final', 'final']);
    });

  it('when the node refuses to show the result of one revocation › the others become final, and so that one', async () => {
    const [first = 0n] = await revocations(3);
    await signRevocations(stepped.ledger);
    network.faults.tamper = refusing(resultOf(await hashOf('revoke', first)));
    await untilStates('revocation', ['final', 'final', 'final']);
  });

  for (const state of ['signed', 'mined'])
    it(`when the row of one revocation cannot become ${state} › the others become final, then that one`, async () => {
      const [first] = await revocations(3);
      const mend = await spoil('revocation', 'UPDATE', `OLD.number = ${first} AND NEW.state = '${state}'`);
      await until(`SELECT state FROM revocation WHERE position > 1 ORDER BY position`, [
        { state: 'final' },
        { state: 'final' },
      ]);
      await mend();
      await untilStates('revocation', ['final', 'final', 'final']);
    });

  if (name === 'embedded')
    it('when a revocation cannot be read › batches that are lost are signed again, and become final', async () => {
      const [number = 0n] = await revocations(1);
      network.faults.tamper = refusing(callAbout(REVOCATION_OF, number));
      await untilStates('revocation', ['sent']);
      const ids = await closeBatches(1);
      await signBatches(stepped.ledger);
      await useNonces(network, fixture.anchorer, 1);
      // As if it had waited for long.
      await query(`UPDATE chain_transaction SET signed_at = now() - interval '1 hour' WHERE purpose = 'anchor'`);
      await untilStates('batch', ['final', 'final']);
      network.faults.tamper = undefined;
      await untilFinal(stepped, fixture, ids);
      await untilStates('revocation', ['final']);
    });

  // On validators their list is followed block by block, so that a block which cannot be read holds up everything.
  if (name === 'embedded')
    it('when the block of one revocation cannot be read › those of other blocks become final, then that one', async () => {
      // From the moment on when its row names the block: a node that is final at once leaves no time between.
      network.faults.tamper = async (request, answer) => {
        if (request.method !== 'eth_getBlockByNumber') return answer;
        const [first] = await query('SELECT mined_block AS block, state FROM revocation ORDER BY position LIMIT 1');
        const isMeant = first?.state === 'mined' && request.params[0] === `0x${BigInt(first.block).toString(16)}`;
        return isMeant ? refusing(() => true)(request, answer) : answer;
      };
      await revocations(1);
      await untilStates('revocation', ['mined']);
      await untilFinalDespite(await fixture.submit(1));
      const [{ number }] = await query('SELECT max(number) AS number FROM entry');
      await requestRevocation(fixture.database.prisma, {
        number: BigInt(number),
        reason: 'duplicate',
        clientId: fixture.clientId,
      });
      await untilStates('revocation', ['mined', 'final']);
      network.faults.tamper = undefined;
      await untilStates('revocation', ['final', 'final']);
    });

  const untilFinalDespite = (ids: readonly string[]): Promise<void> =>
    untilFinal({ ...stepped, advance: runAll }, fixture, ids);
});

const dataOf = (params: readonly unknown[]): string => String((params[0] as { data?: unknown }).data); // of eth_call

const resultOf =
  (hash: string) =>
  ({ method, params }: RpcRequest): boolean =>
    method === 'eth_getTransactionReceipt' && params[0] === hash;

const callAbout =
  (selector: string, number: bigint) =>
  ({ method, params }: RpcRequest): boolean =>
    method === 'eth_call' && dataOf(params).startsWith(selector + number.toString(16).padStart(64, '0'));

/** What a node says when one of its own limits is reached. */
const refusing =
  (isMeant: (request: RpcRequest) => boolean) =>
  (request: RpcRequest, answer: RpcAnswer): RpcAnswer =>
    isMeant(request) ? { error: { code: -32005, message: 'Request limit exceeded' } } : answer;
