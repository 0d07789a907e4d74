// SPDX-License-Identifier: Apache-2.0
// Readiness, metrics and log of a running ledger while its chain, which answers as Hyperledger Besu does, lets it down in
// each of the ways that an operator has to hear of.
import { expect } from 'chai';
import { type Logger, pino } from 'pino';
import { besuLike, type RpcAnswer, type RpcRequest } from '../../../test/support/besu-stub.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { onEachNetwork } from '../../../test/support/networks.ts';
import { type LedgerFixture, ledgerFixture } from '../../../test/support/pipeline.ts';
import { composePipeline, composeService, type Service } from '../compose.ts';
import { requestRevocation } from '../revocations/index.ts';

const NOT_AUTHORIZED = 'Sender account not authorized to send transactions';
/** The embedded chain, but finality follows from its blocks and not from a file. */
const CHAIN_OF_ANOTHER_MACHINE = { CHAIN_PROFILE: 'evm', CHAIN_FINALITY: 'depth:1' };
const WITHIN = { withinMs: 60_000, everyMs: 100 };

const withoutResults = ({ method }: RpcRequest, answer: RpcAnswer): RpcAnswer =>
  method === 'eth_getTransactionReceipt' ? { error: { code: -32005, message: 'Request limit exceeded' } } : answer;

/** The stub cuts the connection. */
const withoutAnswers = (): never => {
  throw new Error('no answer');
};

onEachNetwork('readiness on a node like Besu', (_name, makeNetwork) => {
  let network: Awaited<ReturnType<typeof besuLike>>;
  let fixture: LedgerFixture;
  let service: Service;
  let url: string;
  let lines: Record<string, unknown>[];

  before(async () => {
    network = await besuLike(await makeNetwork());
  });
  after(() => network?.stop());
  beforeEach(async () => {
    Object.assign(network.faults, { refusesSenders: false, tamper: undefined });
    fixture = await ledgerFixture(network, { LEDGER_PORT: '0', ...(network.embedded ? CHAIN_OF_ANOTHER_MACHINE : {}) });
    lines = [];
    await startService();
    await ready();
  });
  afterEach(async () => {
    await service.stop();
    await fixture.close();
  });

  it('when every node refuses our transactions › says so in public, and why in the log, once', async () => {
    let tries = 0;
    network.faults.refusesSenders = true;
    network.faults.tamper = ({ method }, answer) => {
      if (method === 'eth_sendRawTransaction') tries += 1;
      return answer;
    };
    const ids = await submit(2);
    await partIs('anchoring', { ok: false, code: 'transactions-refused' });
    expect(await (await fetch(`${url}/readyz`)).text()).not.to.include(NOT_AUTHORIZED);
    expect(await metric('refused_keys')).to.equal(1);
    await eventually(() => tries >= 3 * network.urls.length, WITHIN);
    expect(logged('transactions-refused')).to.have.length(1);
    expect(logged('transactions-refused')[0]).to.deep.include({ level: 50, reason: NOT_AUTHORIZED });
    network.faults.refusesSenders = false;
    await ready();
    expect(await metric('refused_keys')).to.equal(0);
    await final(ids);
  });

  for (const [what, fault] of [
    ['shows no transaction results', withoutResults],
    ['answers nothing', withoutAnswers],
  ] as const)
    it(`when the node ${what} while our transactions are refused › still says transactions-refused`, async () => {
      network.faults.refusesSenders = true;
      const ids = await submit(2);
      await partIs('anchoring', { ok: false, code: 'transactions-refused' });
      network.faults.tamper = fault;
      await eventually(async () => (await metric('work_failures_total{work="find-result"}')) >= 3, WITHIN);
      expect(await metric('refused_keys')).to.equal(1);
      network.faults.tamper = undefined;
      await partIs('anchoring', { ok: false, code: 'transactions-refused' });
      expect(lines.filter(({ msg }) => msg === 'nodes accept transactions again')).to.have.length(0);
      expect(logged('transactions-refused')).to.have.length(1);
      network.faults.refusesSenders = false;
      await ready();
      await final(ids);
    });

  it('when the chain makes no blocks while a transaction waits › says chain-stalled until it makes one', async () => {
    await freeze();
    const ids = await submit(1);
    await eventually(
      async () => (await fixture.database.pool.query(`SELECT FROM batch WHERE state = 'sent'`)).rowCount === 1,
    );
    expect(await part('chain')).to.deep.equal({ ok: true });
    // As if the time had passed.
    await fixture.database.pool.query(
      `UPDATE registry SET final_seen_at = final_seen_at - interval '31 s', final_gap_seconds = 0`,
    );
    expect(await part('chain')).to.deep.equal({ ok: true });
    await fixture.database.pool.query(`UPDATE batch SET closed_at = closed_at - interval '31 s'`);
    await partIs('chain', { ok: false, code: 'chain-stalled' });
    expect(await metric('chain_stalled')).to.equal(1);
    expect(await metric('final_block_age_seconds')).to.be.above(30);
    await eventually(() => logged('chain-stalled').length === 1, WITHIN);
    network.faults.tamper = undefined;
    await ready();
    expect(await metric('chain_stalled')).to.equal(0);
    await final(ids);
  });

  it('when the chain makes no blocks and nothing waits › says chain-stalled after two minutes', async () => {
    const { pool } = fixture.database;
    await freeze();
    await pool.query(`UPDATE registry SET final_seen_at = now() - interval '100 s', final_gap_seconds = 0`);
    expect(await part('chain')).to.deep.equal({ ok: true });
    await pool.query(`UPDATE registry SET final_seen_at = now() - interval '121 s'`);
    expect(await part('chain')).to.deep.equal({ ok: false, code: 'chain-stalled' });
    // Where blocks are slow, that is usual.
    await pool.query('UPDATE registry SET final_gap_seconds = 60');
    expect(await part('chain')).to.deep.equal({ ok: true });
    await pool.query('UPDATE registry SET final_gap_seconds = 0');
    expect(await part('chain')).to.deep.equal({ ok: false, code: 'chain-stalled' });
    network.faults.tamper = undefined;
    await ready();
    expect(await part('chain')).to.deep.equal({ ok: true });
  });

  it('when a batch cannot be proven › says proof-missing after 30 s, until it can', async () => {
    network.faults.tamper = ({ method }, answer) =>
      method === 'eth_getProof' ? { error: { code: -32000, message: 'World state unavailable' } } : answer;
    const ids = await submit(1);
    const { pool } = fixture.database;
    await eventually(
      async () => (await pool.query('SELECT FROM batch WHERE unproven_since IS NOT NULL')).rowCount === 1,
      WITHIN,
    );
    expect(await part('proofs')).to.deep.equal({ ok: true });
    await pool.query(`UPDATE batch SET unproven_since = now() - interval '31 s'`);
    await partIs('proofs', { ok: false, code: 'proof-missing' });
    expect(await metric('unproven_batches')).to.equal(1);
    expect(await metric('oldest_unproven_age_seconds')).to.be.above(30);
    await eventually(() => logged('proof-missing').length === 1, WITHIN);
    network.faults.tamper = undefined;
    await eventually(async () => {
      await pool.query('UPDATE batch SET proof_due_at = now() WHERE proof_due_at IS NOT NULL');
      return (await fetch(`${url}/readyz`)).ok;
    }, WITHIN);
    expect(await metric('unproven_batches')).to.equal(0);
    await final(ids);
  });

  it('when the node refuses what is asked about one revocation › logs it once, counts each try, and continues with the rest', async () => {
    const { pool, prisma } = fixture.database;
    await final(await submit(1));
    const { rows } = await pool.query('SELECT number FROM entry');
    const number = BigInt(rows[0].number);
    const word = number.toString(16).padStart(64, '0');
    network.faults.tamper = ({ method, params }, answer) =>
      method === 'eth_call' && JSON.stringify(params).includes(word)
        ? { error: { code: -32005, message: 'Request limit exceeded' } }
        : answer;
    await requestRevocation(prisma, { number, reason: 'duplicate', clientId: fixture.clientId });
    const tries = 'work_failures_total{work="sign-revocation"}';
    await eventually(async () => (await metric(tries)) >= 2, WITHIN);
    await final(await submit(1));
    const told = lines.filter(({ work }) => work === 'sign-revocation');
    expect(told).to.have.length(1);
    expect(told[0]).to.deep.include({ level: 50, step: 'anchor', id: String(number) });
    network.faults.tamper = undefined;
    await eventually(
      async () => (await pool.query(`SELECT FROM revocation WHERE state = 'final'`)).rowCount === 1,
      WITHIN,
    );
  });

  async function startService(): Promise<void> {
    const hooks = {
      onStage: () => {},
      onFatal: (error: Error) => {
        throw error;
      },
    };
    const log: Logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    service = composeService(fixture.config, log, composePipeline(fixture.config, hooks));
    url = `http://127.0.0.1:${await service.start()}`;
  }

  const submit = (count: number): Promise<string[]> => fixture.submit(count);

  const part = async (name: string): Promise<unknown> => {
    const answer = (await (await fetch(`${url}/readyz`)).json()) as { parts: Record<string, unknown> };
    return answer.parts[name];
  };

  const partIs = (name: string, expected: object): Promise<unknown> =>
    eventually(async () => JSON.stringify(await part(name)) === JSON.stringify(expected), WITHIN);

  const ready = (): Promise<unknown> => eventually(async () => (await fetch(`${url}/readyz`)).status === 200, WITHIN);

  async function metric(name: string): Promise<number> {
    const text = await (await fetch(`${url}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`inkseal_ledger_${name} `));
    return Number(line?.split(' ').at(-1));
  }

  /** No block is shown after the newest, and the ledger has noted the last final one. */
  async function freeze(): Promise<void> {
    let head: string | undefined;
    const stop = frozen();
    network.faults.tamper = (request, answer) => {
      const changed = stop(request, answer);
      if (request.method === 'eth_blockNumber') head = String(changed.result);
      return changed;
    };
    await eventually(() => head !== undefined, WITHIN);
    const depth = network.embedded ? 1n : 0n;
    const final = await blockAt(BigInt(head ?? 0) - depth);
    await eventually(async () => {
      const { rows } = await fixture.database.pool.query(
        `SELECT '0x' || encode(final_hash, 'hex') AS hash FROM registry`,
      );
      return rows[0].hash === final.hash;
    }, WITHIN);
  }

  async function blockAt(number: bigint): Promise<{ hash: string }> {
    const params = [`0x${number.toString(16)}`, false];
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(String(network.urls[0]), { method: 'POST', headers, body });
    return ((await answer.json()) as { result: { hash: string } }).result;
  }

  const logged = (code: string): Record<string, unknown>[] => lines.filter((line) => line.code === code);

  const final = (ids: readonly string[]): Promise<unknown> =>
    eventually(async () => {
      const { rowCount } = await fixture.database.pool.query(
        `SELECT FROM entry JOIN batch ON batch.id = batch_id WHERE entry.id = ANY ($1) AND batch.state = 'final'`,
        [ids],
      );
      return rowCount === ids.length;
    }, WITHIN);

  /** From now on nobody is shown a block after the newest. */
  function frozen(): (request: RpcRequest, answer: RpcAnswer) => RpcAnswer {
    let head: unknown;
    return ({ method }, answer) => {
      if (method === 'eth_getTransactionReceipt') return { result: null };
      if (method !== 'eth_blockNumber') return answer;
      head ??= answer.result;
      return { result: head };
    };
  }
});
