// SPDX-License-Identifier: Apache-2.0
// The process itself, as the supervisor runs it: how it starts, how it refuses to, how it stops.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { assert } from 'chai';
import { Wallet } from 'ethers';
import pg from 'pg';
import { type BesuFaults, type RpcAnswer, startBesuStub } from '../../test/support/besu-stub.ts';
import { type Chain, testChain } from '../../test/support/chain.ts';
import { nodeWithoutValidators } from '../../test/support/contract-validators.ts';
import { eventually } from '../../test/support/eventually.ts';
import { freshDatabase } from '../../test/support/postgres.ts';
import { type Program, runNode } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';

const MAIN = path.join(import.meta.dirname, 'main.ts');

const EMPTY: Readonly<Record<string, RpcAnswer>> = {
  eth_getCode: { result: '0x' },
  eth_getTransactionReceipt: { result: null },
};
const INTERNAL_ERROR: RpcAnswer = { error: { code: -32603, message: 'Internal error' } };
const AN_HOUR_AHEAD = `--import=data:text/javascript,${encodeURIComponent(
  'const { now } = Date; Date.now = () => now() + 3_600_000;',
)}`;

describe('main (in order)', function () {
  this.timeout(180_000);
  let chain: Chain;
  let environment: Record<string, string>;
  before(async () => {
    const folder = temporaryFolder();
    const anchor = await writeKey(path.join(folder, 'anchor'));
    const revoker = await writeKey(path.join(folder, 'revoker'));
    chain = await testChain({ funded: [anchor.address, revoker.address] });
    environment = {
      LEDGER_DATABASE_URL: await freshDatabase(),
      LEDGER_HOST: '127.0.0.1',
      LEDGER_PORT: '0',
      LEDGER_API_KEY_FILE: path.join(folder, 'api-key'),
      CHAIN_PROFILE: 'embedded',
      CHAIN_RPC_URL: chain.url,
      CHAIN_DURABLE_FILE: chain.durableFile,
      ANCHOR_KEY_FILE: anchor.file,
      REVOKER_KEY_FILE: revoker.file,
      ADMIN_ADDRESS: `0x${'11'.repeat(20)}`,
      LOG_LEVEL: 'info',
      REDIS_URL: '',
      CRASH_AT: '',
      NODE_ENV: '',
    };
  });
  after(() => chain.stop());

  // One that outlived its test would lead, and keep the next one waiting.
  const started: Program[] = [];
  afterEach(async () => {
    for (const program of started.splice(0)) await program.kill();
  });

  const start = (change: Record<string, string> = {}): Program => {
    const program = runNode(MAIN, [], { env: { ...environment, ...change } });
    started.push(program);
    return program;
  };

  async function listening(program: Program): Promise<string> {
    const [, port] = await program.prints(/"port":(\d+),"msg":"ledger is listening"/);
    return `http://127.0.0.1:${port}`;
  }

  async function ready(url: string): Promise<void> {
    await eventually(
      async () => {
        const answer = await fetch(`${url}/readyz`);
        if (!answer.ok) throw new Error(await answer.text());
        return true;
      },
      { withinMs: 60_000 },
    );
  }

  it('migrates, deploys, takes an entry to its final proof, and stops at SIGTERM with exit code 0', async () => {
    const program = start();
    const url = await listening(program);
    await ready(url);
    const key = (await readFile(environment.LEDGER_API_KEY_FILE ?? '', 'utf8')).trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ reference: 'main', kind: 'attestation', sha256: 'ab'.repeat(32) });
    const accepted = await fetch(`${url}/v1/entries`, { method: 'POST', headers, body });
    assert.equal(accepted.status, 202);
    const number = await eventually(
      async () => {
        const page = (await (await fetch(`${url}/v1/entries?reference=main`, { headers })).json()) as {
          items: { number: string; state: string }[];
        };
        return page.items[0]?.state === 'final' ? page.items[0].number : undefined;
      },
      { withinMs: 60_000 },
    );
    assert.match(number, /^1000000000000000\d\d$/);
    const proof = await fetch(`${url}/v1/entries/${number}/proof?status=none`, { headers });
    assert.equal(proof.headers.get('content-type'), 'application/vnd.inkseal.proof+json;v=1');
    const etag = proof.headers.get('etag') ?? '';
    const again = await fetch(`${url}/v1/entries/${number}/proof?status=none`, {
      headers: { ...headers, 'if-none-match': etag },
    });
    assert.equal(again.status, 304);
    assert.match(await (await fetch(`${url}/metrics`)).text(), /inkseal_ledger_batch_size_entries_count [1-9]/);

    program.signal('SIGTERM');
    assert.equal(await program.exited, 0);
    assert.notInclude(program.output(), key, 'the key is in no log');
  });

  it('when started again, continues with the same registry and key', async () => {
    const program = start();
    await ready(await listening(program));
    assert.notInclude(program.output(), 'first API key made');
    program.signal('SIGINT');
    assert.equal(await program.exited, 0);
  });

  const refused: [title: string, code: string, change: () => Promise<Record<string, string>>][] = [
    ['a setting is missing', 'config-invalid', async () => ({ CHAIN_RPC_URL: '' })],
    [
      'PostgreSQL does not answer',
      'database-unreachable',
      async () => ({ LEDGER_DATABASE_URL: 'postgresql://x@127.0.0.1:1/x' }),
    ],
    [
      'a key file is missing',
      'key-file-unusable',
      async () => ({ ANCHOR_KEY_FILE: path.join(temporaryFolder(), 'none') }),
    ],
    [
      'one key has two roles',
      'anchorer-has-other-role',
      async () => ({ REVOKER_KEY_FILE: environment.ANCHOR_KEY_FILE ?? '' }),
    ],
    ['the chain is another one', 'chain-mismatch', async () => ({ CHAIN_ID: '1' })],
    ['the port is taken', 'port-unavailable', async () => ({ LEDGER_PORT: String(await takenPort()) })],
  ];
  for (const [title, code, change] of refused) {
    it(`when ${title}, says ${code} in one line and exits with 1`, async () => {
      const program = start(await change());
      assert.equal(await program.exited, 1);
      const lines = program
        .output()
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('{'));
      assert.lengthOf(lines, 1, program.output());
      assert.match(lines[0] ?? '', new RegExp(`^${code}: `));
    });
  }

  it('when a contract chooses the validators › refuses before anything is deployed or bound', async () => {
    const node = await nodeWithoutValidators();
    const database = await freshDatabase();
    try {
      const program = start({
        LEDGER_DATABASE_URL: database,
        CHAIN_PROFILE: 'permissioned',
        CHAIN_RPC_URL: node.url,
      });
      await program.prints(/^validators-by-contract: .*validatorcontractaddress/m);
      assert.equal(await program.exited, 1);
      assert.notInclude(node.methods(), 'eth_sendRawTransaction');
      const client = new pg.Client({ connectionString: database });
      await client.connect();
      for (const table of ['registry', 'chain_transaction', 'validator_set']) {
        assert.equal((await client.query(`SELECT FROM ${table}`)).rowCount, 0, table);
      }
      await client.end();
    } finally {
      node.close();
    }
  });

  const waiting: [title: string, words: RegExp, faults: Partial<BesuFaults>][] = [
    [
      'every node refuses the deployment',
      /"waitingFor":"a node that takes the deployment[^"]*: Sender account not authorized to send transactions"/,
      { refusesSenders: true },
    ],
    [
      'the chain makes no block',
      /"waitingFor":"a block with the deployment of the registry"/,
      { tamper: ({ method }, answer) => (/eth_getCode|Receipt/.test(method) ? EMPTY[method] : undefined) ?? answer },
    ],
    [
      'the node answers with an error of its own',
      /"waitingFor":"the chain: Internal error"/,
      { tamper: ({ method }, answer) => (method === 'eth_chainId' ? INTERNAL_ERROR : answer) },
    ],
  ];
  for (const [title, words, faults] of waiting) {
    it(`when ${title} › says once what it waits for, in public without the node's words, and continues automatically`, async () => {
      const stub = await startBesuStub(chain.url, { refusesSenders: false, keptStates: 512, ...faults });
      try {
        const program = start({ LEDGER_DATABASE_URL: await freshDatabase(), CHAIN_RPC_URL: stub.url });
        const url = await listening(program);
        await program.prints(words);
        const answer = await fetch(`${url}/readyz`);
        assert.equal(answer.status, 503);
        assert.notMatch(await answer.text(), /authorized|Internal error/);
        Object.assign(stub.faults, { refusesSenders: false, tamper: undefined });
        await ready(url);
        assert.lengthOf(program.output().match(new RegExp(words, 'g')) ?? [], 1);
      } finally {
        await stub.close();
      }
    });
  }

  it('when another process leads and the chain is another one, refuses at once', async () => {
    const leader = start();
    await ready(await listening(leader));
    const follower = start({ CHAIN_ID: '1' });
    assert.equal(await follower.exited, 1);
    assert.match(follower.output(), /^chain-mismatch: /m);
    assert.isTrue(leader.isRunning());
  });

  it('when its own clock is ahead of the chain › numbers nothing that no verifier would believe, and says so', async () => {
    const program = start({ LEDGER_DATABASE_URL: await freshDatabase(), NODE_OPTIONS: AN_HOUR_AHEAD });
    const url = await listening(program);
    await ready(url);
    const key = (await readFile(environment.LEDGER_API_KEY_FILE ?? '', 'utf8')).trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ reference: 'early', kind: 'attestation', sha256: 'ef'.repeat(32) });
    assert.equal((await fetch(`${url}/v1/entries`, { method: 'POST', headers, body })).status, 202);
    await eventually(async () => {
      const { parts } = (await (await fetch(`${url}/readyz`)).json()) as { parts: { ledger: object } };
      return JSON.stringify(parts.ledger) === '{"ok":false,"code":"clock-ahead-of-chain"}';
    });
    const page = (await (await fetch(`${url}/v1/entries?reference=early`, { headers })).json()) as {
      items: { state: string }[];
    };
    assert.equal(page.items[0]?.state, 'received');
  });

  it('when a crash point is set, dies there as by a power cut', async () => {
    const program = start({ CRASH_AT: 'close' });
    const url = await listening(program);
    const key = (await readFile(environment.LEDGER_API_KEY_FILE ?? '', 'utf8')).trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ reference: 'crash', kind: 'attestation', sha256: 'cd'.repeat(32) });
    await fetch(`${url}/v1/entries`, { method: 'POST', headers, body });
    assert.equal(await program.exited, 'SIGKILL');
  });
});

async function writeKey(file: string): Promise<{ file: string; address: string }> {
  const { privateKey, address } = Wallet.createRandom();
  await writeFile(file, `${privateKey}\n`, { mode: 0o600 });
  return { file, address };
}

/** A port that stays taken until the test run ends. */
function takenPort(): Promise<number> {
  const server = createServer().unref();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
}
