// SPDX-License-Identifier: Apache-2.0
// The product as a newcomer meets it: `npm start`, a thousand entries over HTTP, and the command line on the proofs.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { hexlify, randomBytes } from 'ethers';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../support/eventually.ts';
import { type Program, runNode, runNodeOffline } from '../support/processes.ts';
import { describeOnQbft, permissionedSettings, QbftNetwork } from '../support/qbft.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ENTRIES = 1_000;
const READERS = 8;
/** What one command line holds. */
const PROOFS_A_CALL = 250;

describe('npm start on embedded defaults', function () {
  this.timeout(300_000);
  let system: System;

  before(async () => {
    system = await System.start();
  });
  after(() => system.stop());

  it('makes a thousand entries final; their proofs are consistent offline, and verified by a node under a trust file', async () => {
    const files = await system.proofsOf(await system.submit(ENTRIES));
    const trust = await system.trustFile();
    const under = ['--trust', trust];
    expect(await offlineVerdicts(files, [])).to.deep.equal({ consistent: ENTRIES, exitCodes: [2] });
    expect(await offlineVerdicts(files, under)).to.deep.equal({ consistent: ENTRIES, exitCodes: [2] });
    const node = ['--rpc', system.chainUrl];
    expect(await verdicts(files, node)).to.deep.equal({ consistent: ENTRIES, exitCodes: [2] });
    expect(await verdicts(files, [...under, ...node])).to.deep.equal({ verified: ENTRIES, exitCodes: [0] });
  });
});

describeOnQbft('npm start on four QBFT validators', function () {
  this.timeout(300_000);
  let network: QbftNetwork;
  let system: System | undefined;

  before(async () => {
    network = await QbftNetwork.create();
    await network.start();
  });
  after(async () => {
    await system?.stop();
    await network.stop();
  });

  it('gives proofs that verify offline with everything stopped, also from a time when a validator was down', async () => {
    system = await System.start(network.urls);
    const before = await system.submit(ENTRIES);
    const files = await system.proofsOf(before);
    await network.killNode(3);
    files.push(...(await system.proofsOf(await system.submit(20))));
    const trust = await system.trustFile();
    await system.stop();
    await network.stop();
    const all = files.length;
    expect(await offlineVerdicts(files, ['--trust', trust])).to.deep.equal({ verified: all, exitCodes: [0] });
    expect(await offlineVerdicts(files, [])).to.deep.equal({ consistent: all, exitCodes: [2] });
  });
});

class System {
  readonly #program: Program;
  readonly #folder: string;
  readonly #ledger: string;
  readonly chainUrl: string;

  private constructor(program: Program, folder: string, ledger: string, chainUrl: string) {
    this.#program = program;
    this.#folder = folder;
    this.#ledger = ledger;
    this.chainUrl = chainUrl;
  }

  /** On the embedded chain, or on the network at these URLs. */
  static async start(rpcUrls?: string[]): Promise<System> {
    const folder = path.join(temporaryFolder(), 'data');
    const free = [await freePort(), await freePort(), await freePort(), await freePort()].map(String);
    const [postgres = '', chain = '', ledger = '', portal = ''] = free;
    const ports = { PG_PORT: postgres, CHAIN_PORT: chain, LEDGER_PORT: ledger, PORT: portal };
    const env = { INKSEAL_DATA: folder, ...ports, ...(rpcUrls ? permissionedSettings(rpcUrls) : {}) };
    const program = runNode(path.join(ROOT, 'scripts', 'up.ts'), [], { env });
    await program.prints(/ready in/, 120_000);
    const chainUrl = rpcUrls?.[0] ?? `http://127.0.0.1:${chain}`;
    return new System(program, folder, `http://127.0.0.1:${ledger}`, chainUrl);
  }

  async stop(): Promise<void> {
    this.#program.signal('SIGTERM');
    await this.#program.exited;
  }

  /** Returns the references of so many new entries. */
  async submit(count: number): Promise<string[]> {
    const batch = hexlify(randomBytes(8));
    const references = Array.from({ length: count }, (_, index) => `${batch}:${index}`);
    const entries = references.map((reference) => ({ reference, kind: 'attestation', sha256: sha256(reference) }));
    const answer = await this.#ask('/v1/entries', { method: 'POST', body: JSON.stringify({ entries }) });
    expect(answer.status).to.equal(202);
    return references;
  }

  /** Waits until all are final and returns the files of their proofs. */
  async proofsOf(references: readonly string[]): Promise<string[]> {
    const waiting = [...references];
    const files: string[] = [];
    const work = async () => {
      for (let reference = waiting.pop(); reference; reference = waiting.pop())
        files.push(await this.#proofOf(reference));
    };
    await Promise.all(Array.from({ length: READERS }, work));
    expect(new Set(files).size).to.equal(references.length);
    return files;
  }

  async trustFile(): Promise<string> {
    return this.#write('trust.json', await (await this.#ask('/v1/trust')).text());
  }

  async #proofOf(reference: string): Promise<string> {
    const number = await eventually(() => this.#finalNumber(reference), { withinMs: 60_000 });
    const proof = await this.#ask(`/v1/entries/${number}/proof`);
    expect(proof.status).to.equal(200);
    return this.#write(`${number}.proof.json`, await proof.text());
  }

  async #finalNumber(reference: string): Promise<string | undefined> {
    const answer = await this.#ask(`/v1/entries?reference=${encodeURIComponent(reference)}`);
    const { items } = (await answer.json()) as { items: { state: string; number: string }[] };
    return items[0]?.state === 'final' ? items[0].number : undefined;
  }

  #ask(route: string, init: RequestInit = {}): Promise<Response> {
    const key = readFileSync(path.join(this.#folder, 'keys', 'ledger-api-key'), 'utf8').trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return fetch(`${this.#ledger}${route}`, { ...init, headers });
  }

  #write(name: string, content: string): string {
    const file = path.join(this.#folder, name);
    writeFileSync(file, content);
    return file;
  }
}

const COMMAND = path.join(ROOT, 'verifier', 'cli', 'main.ts');

/** How often the command came to each verdict, and the exit codes of its calls. */
const verdicts = (files: readonly string[], options: string[]): Promise<Verdicts> =>
  verdictsOf(files, (proofs) => runNode(COMMAND, [...proofs, ...options, '--json']));

/** The same, from processes that have no network at all. */
const offlineVerdicts = (files: readonly string[], options: string[]): Promise<Verdicts> =>
  verdictsOf(files, (proofs) => runNodeOffline(COMMAND, [...proofs, ...options, '--json']));

type Verdicts = Record<string, number | (number | NodeJS.Signals)[]>;

async function verdictsOf(files: readonly string[], run: (proofs: readonly string[]) => Program): Promise<Verdicts> {
  const counts: Record<string, number> = {};
  const exitCodes = new Set<number | NodeJS.Signals>();
  for (let first = 0; first < files.length; first += PROOFS_A_CALL) {
    const program = run(files.slice(first, first + PROOFS_A_CALL));
    exitCodes.add(await program.exited);
    for (const line of program.output().trim().split('\n')) {
      const { verdict } = JSON.parse(line) as { verdict: string };
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
  }
  return { ...counts, exitCodes: [...exitCodes] };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
