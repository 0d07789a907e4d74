// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../test/support/eventually.ts';
import {
  allGone,
  isAlive,
  type ProcessIdentity,
  type Program,
  runNode,
  runProgram,
} from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { freePort, requireFreePort } from '../processes/ports.ts';

const STUB = path.resolve(import.meta.dirname, '..', '..', 'test', 'support', 'stub-up.ts');

describe('supervisor', function () {
  this.timeout(60_000);
  let env: Record<string, string>;
  let folder: string;
  const running: Program[] = [];

  before(async () => {
    folder = path.join(temporaryFolder(), 'data');
    const [PG_PORT, CHAIN_PORT, LEDGER_PORT] = [await freePort(), await freePort(), await freePort()].map(String);
    env = { INKSEAL_DATA: folder, PG_PORT: `${PG_PORT}`, CHAIN_PORT: `${CHAIN_PORT}`, LEDGER_PORT: `${LEDGER_PORT}` };
    env = {
      ...env,
      LEDGER_DATABASE_URL: '',
      PORTAL_DATABASE_URL: '',
      CHAIN_RPC_URL: '',
      CHAIN_PROFILE: '',
      DATABASE_URL: '',
      RECEIPT_KEY_FILE: '',
    };
  });

  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.signal('SIGTERM');
      await program.exited;
    }
  });

  const start = (extra: Record<string, string> = {}): Program => {
    const program = runNode(STUB, [], { env: { ...env, ...extra } });
    running.push(program);
    return program;
  };
  const children = () => JSON.parse(readFileSync(path.join(folder, 'processes.json'), 'utf8')) as ProcessIdentity[];
  const environment = async () =>
    (await (await fetch(`http://127.0.0.1:${env.LEDGER_PORT}/environment`)).json()) as Record<string, string>;

  it('when Ctrl-C comes while it starts › ends and leaves nothing', async () => {
    const program = start();
    await program.prints(/starting chain/);
    const started = children();
    program.signal('SIGINT');
    expect(await program.exited, program.output()).to.equal(0);
    await allGone(started);
  });

  it('when a port is taken › names the port and its variable, and leaves nothing', async () => {
    const other = createServer().listen(Number(env.LEDGER_PORT), '127.0.0.1');
    const program = start();
    expect(await program.exited).to.equal(1);
    expect(program.output())
      .to.match(new RegExp(`port ${env.LEDGER_PORT} .*LEDGER_PORT`))
      .and.not.match(/\n\s+at /);
    other.close();
  });

  it('when started › tells the service where everything is, with keys that only the owner reads', async () => {
    await start().prints(/ready in/);
    const told = await environment();
    expect(told).to.include({ CHAIN_PROFILE: 'embedded', CHAIN_ID: '77880', LEDGER_PORT: env.LEDGER_PORT });
    expect(told.LEDGER_DATABASE_URL).to.match(/^postgresql:\/\/inkseal:.+@127\.0\.0\.1:\d+\/ledger$/);
    expect(told.PORTAL_DATABASE_URL).to.equal(told.LEDGER_DATABASE_URL?.replace(/ledger$/, 'portal'));
    expect(told).to.include({ MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536' });
    expect(told).to.include({ INKSEAL_DATA: folder, LEDGER_URL: `http://127.0.0.1:${env.LEDGER_PORT}` });
    expect(told).to.include({ RECEIPT_KEY_FILE: path.join(folder, 'keys', 'receipt.key') });
    expect(JSON.parse(readFileSync(told.CHAIN_DURABLE_FILE ?? '', 'utf8'))).to.have.keys('block', 'hash', 'at');
    const keys = [told.ANCHOR_KEY_FILE, told.REVOKER_KEY_FILE].map((file) => readFileSync(file ?? '', 'utf8').trim());
    expect(new Set(keys).size).to.equal(2);
    for (const key of keys) expect(key).to.match(/^0x[0-9a-f]{64}$/);
    for (const file of ['anchor.key', 'revoker.key', 'admin.key', 'postgres-password']) {
      expect(statSync(path.join(folder, 'keys', file)).mode & 0o777, file).to.equal(0o600);
    }
  });

  it('when a service waits at its start › says once what for, in the words of its log', async () => {
    const program = start({ STUB_WAITS_MS: '1500' });
    await program.prints(/the stub is waiting for the chain: Sender account not authorized\n/);
    await program.prints(/ready in/);
    expect(program.output().match(/is waiting for/g)).to.have.length(1);
  });

  it('when nothing but a proof is missing › starts anyway, since no restart would mend it', async () => {
    const parts = { database: { ok: true }, proofs: { ok: false, code: 'proof-missing' } };
    await start({ STUB_READINESS: JSON.stringify({ ready: false, parts }) }).prints(/ready in/);
  });

  it('when one runs already › refuses a second, naming the first', async () => {
    const first = start();
    await first.prints(/ready in/);
    const second = start();
    expect(await second.exited).to.equal(1);
    expect(second.output()).to.include(`in use by process ${first.pid}`).and.include('INKSEAL_DATA');
    expect(first.isRunning()).to.equal(true);
  });

  it('when a child is killed › starts it again', async () => {
    const program = start();
    await program.prints(/ready in/);
    for (const child of children()) process.kill(child.pid, 'SIGKILL');
    await eventually(() => (program.output().match(/is ready again/g) ?? []).length === 3);
    expect((await environment()).CHAIN_PROFILE).to.equal('embedded');
  });

  it('when the record of its processes cannot be written › restarts children on their ports, and writes the record later', async () => {
    const program = start();
    await program.prints(/ready in/);
    const before = children();
    // As on a full disk: the new record cannot be written beside the old one.
    const obstacle = path.join(folder, 'processes.json.new');
    mkdirSync(obstacle);
    for (const child of before) process.kill(child.pid, 'SIGKILL');
    await eventually(() => (program.output().match(/is ready again/g) ?? []).length === 3);
    expect(program.output()).to.include('processes.json could not be written');
    expect(program.output()).to.not.include('is taken by another program');
    expect(children()).to.deep.equal(before);
    rmSync(obstacle, { recursive: true });
    await eventually(() => children().filter(isAlive).length === 3);
  });

  it('when the record cannot be written from the first start on › SIGTERM still leaves no process behind', async () => {
    mkdirSync(path.join(folder, 'processes.json.new'), { recursive: true });
    const program = start();
    await program.prints(/ready in/);
    program.signal('SIGTERM');
    expect(await program.exited, program.output()).to.equal(0);
    rmSync(path.join(folder, 'processes.json.new'), { recursive: true });
    for (const name of ['PG_PORT', 'CHAIN_PORT', 'LEDGER_PORT']) await requireFreePort(Number(env[name]), name, name);
  });

  it('when a log file and its own output cannot be written › runs anyway, and restarts a dead child', async () => {
    const obstacle = path.join(folder, 'logs', 'stub.log');
    rmSync(obstacle, { force: true });
    mkdirSync(obstacle, { recursive: true });
    // Every write to /dev/full fails with ENOSPC.
    const program = runProgram('sh', ['-c', `exec "${process.execPath}" "${STUB}" >/dev/full 2>&1`], { env });
    running.push(program);
    const answers = () => environment().then(Boolean, () => false);
    // Asked more than once: a child that dies before the supervisor has seen it ready is a start that failed.
    let answered = 0;
    await eventually(async () => (await answers()) && ++answered > 20);
    const [stub] = children().slice(-1);
    process.kill(stub?.pid ?? 0, 'SIGKILL');
    await eventually(async () => children().at(-1)?.pid !== stub?.pid && (await answers()));
    program.signal('SIGTERM');
    expect(await program.exited).to.equal(0);
    rmSync(obstacle, { recursive: true });
    await requireFreePort(Number(env.LEDGER_PORT), 'LEDGER_PORT', 'the stub');
  });

  it('when it is killed itself › the next start ends what it left, and continues with the same data', async () => {
    const first = start();
    await first.prints(/ready in/);
    const orphans = children();
    const { LEDGER_DATABASE_URL: url } = await environment();
    await first.kill();
    expect(orphans.every(isAlive)).to.equal(true);
    const second = start();
    await second.prints(/ready in/);
    expect(orphans.some(isAlive)).to.equal(false);
    expect((await environment()).LEDGER_DATABASE_URL).to.equal(url);
  });

  it('when SIGTERM comes › stops in reverse order and leaves nothing', async () => {
    const program = start();
    await program.prints(/ready in/);
    const started = children();
    program.signal('SIGTERM');
    expect(await program.exited).to.equal(0);
    expect(program.output()).to.match(/stopping stub.*\n.*stopping chain.*\n.*stopping PostgreSQL.*\n.*stopped/);
    expect(started.some(isAlive)).to.equal(false);
  });

  it('when the settings replace a part only halfway › names what is missing', async () => {
    const program = start({ CHAIN_RPC_URL: 'http://127.0.0.1:1' });
    expect(await program.exited).to.equal(1);
    expect(program.output()).to.include('ANCHOR_KEY_FILE, REVOKER_KEY_FILE, ADMIN_ADDRESS');
  });
});
