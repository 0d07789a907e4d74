// SPDX-License-Identifier: Apache-2.0
// PostgreSQL, chain and ledger as separate processes, each of which can be killed and brought back on its own.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Chain, startChain } from '../../scripts/embedded/chain.ts';
import { type Postgres, startPostgres } from '../../scripts/embedded/postgres.ts';
import { type Child, launch, tail } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { embeddedKeys } from '../../scripts/supervisor/keys.ts';
import { eventually } from '../support/eventually.ts';

export const STAGES = ['claim', 'close', 'sign', 'send', 'result', 'proof'] as const;
export type Stage = (typeof STAGES)[number];

const LEDGER = path.resolve(import.meta.dirname, '../../ledger-service/src/main.ts');
const READY_WITHIN_MS = 180_000;

export class Stand {
  readonly folder: string;
  readonly #ports = { postgres: 0, chain: 0, ledger: 0 };
  readonly #settings: Record<string, string>;
  #postgres: Postgres | undefined;
  #chain: Chain | undefined;
  #ledger: Child | undefined;

  constructor(folder: string, settings: Record<string, string> = {}) {
    this.folder = folder;
    this.#settings = settings;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.ledger}`;
  }

  get chainUrl(): string {
    return `http://127.0.0.1:${this.#ports.chain}`;
  }

  get apiKeyFile(): string {
    return path.join(this.folder, 'keys', 'ledger-api-key');
  }

  get apiKey(): string {
    return existsSync(this.apiKeyFile) ? readFileSync(this.apiKeyFile, 'utf8').trim() : '';
  }

  async start(): Promise<void> {
    this.#ports.postgres = await freePort();
    this.#ports.chain = await freePort();
    this.#ports.ledger = await freePort();
    await this.startPostgres();
    await this.startChain();
    await this.startLedger();
    await this.untilReady();
  }

  async startPostgres(): Promise<void> {
    const passwordFile = path.join(this.folder, 'keys', 'postgres-password');
    this.#postgres = await startPostgres({ folder: this.folder, port: this.#ports.postgres, passwordFile });
  }

  async startChain(): Promise<void> {
    const { anchor, revoker, admin } = await embeddedKeys(path.join(this.folder, 'keys'));
    const funded = [anchor.address, revoker.address, admin.address];
    this.#chain = await startChain({ folder: this.folder, port: this.#ports.chain, funded });
  }

  /** With a stage the ledger kills itself at the n-th passing of it. */
  async startLedger(crashAt?: { stage: Stage; passing: number }): Promise<void> {
    if (!this.#postgres || !this.#chain) throw new Error('the ledger is started last');
    const { anchor, revoker, admin } = await embeddedKeys(path.join(this.folder, 'keys'));
    this.#ledger = await launch({
      name: 'ledger',
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', LEDGER],
      cwd: this.folder,
      logFile: this.ledgerLog,
      env: {
        ...process.env,
        REDIS_URL: '',
        ...this.#settings,
        LEDGER_DATABASE_URL: await this.#postgres.database('ledger'),
        LEDGER_PORT: String(this.#ports.ledger),
        LEDGER_API_KEY_FILE: this.apiKeyFile,
        CHAIN_PROFILE: 'embedded',
        CHAIN_RPC_URL: this.chainUrl,
        CHAIN_DURABLE_FILE: this.#chain.durableFile,
        ANCHOR_KEY_FILE: anchor.file,
        REVOKER_KEY_FILE: revoker.file,
        ADMIN_ADDRESS: admin.address,
        CRASH_AT: crashAt ? `${crashAt.stage}:${crashAt.passing}` : '',
      },
    });
  }

  /** Made when it is not there yet. */
  async databaseUrl(name: string): Promise<string> {
    if (!this.#postgres) throw new Error('PostgreSQL is started first');
    return this.#postgres.database(name);
  }

  get ledgerLog(): string {
    return path.join(this.folder, 'logs', 'ledger.log');
  }

  async untilReady(): Promise<void> {
    await eventually(
      async () => {
        if (!this.isLedgerRunning) throw new Error(`the ledger ended:\n${tail(this.ledgerLog)}`);
        return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(3_000) })).ok;
      },
      { withinMs: READY_WITHIN_MS },
    );
  }

  get isLedgerRunning(): boolean {
    return this.#ledger?.isRunning() ?? false;
  }

  /** How the ledger ended, or undefined when it still ran at the deadline. */
  async ledgerEnds(withinMs: number): Promise<string | undefined> {
    const late = AbortSignal.timeout(withinMs);
    const timeout = new Promise<undefined>((resolve) => late.addEventListener('abort', () => resolve(undefined)));
    return await Promise.race([this.#ledger?.exited ?? Promise.resolve('never started'), timeout]);
  }

  async killLedger(): Promise<void> {
    await this.#ledger?.kill();
  }

  async killChain(): Promise<void> {
    await this.#chain?.kill();
  }

  async killPostgres(): Promise<void> {
    await this.#postgres?.kill();
  }

  async stop(): Promise<void> {
    await this.#ledger?.stop();
    await this.#chain?.stop();
    await this.#postgres?.stop();
  }
}
