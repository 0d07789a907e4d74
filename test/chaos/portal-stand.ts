// SPDX-License-Identifier: Apache-2.0
// The portal as its own process, beside a ledger's stand, which it shares the data folder with.
import path from 'node:path';
import { type Child, launch, tail } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../support/eventually.ts';
import { Stand } from './stand.ts';

export const POINTS = ['payment', 'submission-entry', 'approval', 'attestation-entry', 'pdf', 'package'] as const;
export type Point = (typeof POINTS)[number];

const PORTAL = path.resolve(import.meta.dirname, '../../portal-api/src/main.ts');
const READY_WITHIN_MS = 180_000;

export class PortalStand {
  readonly behind: Stand;
  #port = 0;
  #portal: Child | undefined;

  constructor(folder: string) {
    this.behind = new Stand(folder);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get folder(): string {
    return this.behind.folder;
  }

  async start(): Promise<void> {
    this.#port = await freePort();
    await this.behind.start();
    await this.startPortal();
  }

  /** With a point the portal kills itself when it passes it. */
  async startPortal(crashAt?: Point): Promise<void> {
    const logFile = path.join(this.folder, 'logs', 'portal.log');
    this.#portal = await launch({
      name: 'portal',
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', PORTAL],
      cwd: this.folder,
      logFile,
      env: {
        ...process.env,
        REDIS_URL: '',
        KUBO_RPC_URL: '',
        PORTAL_DATABASE_URL: await this.behind.databaseUrl('portal'),
        PORT: String(this.#port),
        INKSEAL_DATA: this.folder,
        LEDGER_URL: this.behind.url,
        LEDGER_API_KEY_FILE: this.behind.apiKeyFile,
        SEED_REVIEWER_FILE: path.join(this.folder, 'keys', 'reviewer.json'),
        RATE_LIMIT_SCALE: '1000',
        CRASH_AT: crashAt ?? '',
      },
    });
    const isReady = async () => {
      if (!this.#portal?.isRunning()) throw new Error(`the portal ended:\n${tail(logFile)}`);
      return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(3_000) })).ok;
    };
    // One that dies while it catches up was ready for its purpose.
    if (crashAt === undefined) await eventually(isReady, { withinMs: READY_WITHIN_MS });
  }

  /** How the portal ended, or undefined when it still ran at the deadline. */
  async portalEnds(withinMs: number): Promise<string | undefined> {
    const late = AbortSignal.timeout(withinMs);
    const timeout = new Promise<undefined>((resolve) => late.addEventListener('abort', () => resolve(undefined)));
    return Promise.race([this.#portal?.exited ?? Promise.resolve('never started'), timeout]);
  }

  async killPortal(): Promise<void> {
    await this.#portal?.kill();
  }

  async killLedger(): Promise<void> {
    await this.behind.killLedger();
    await this.behind.startLedger();
  }

  async killPostgres(): Promise<void> {
    await this.behind.killPostgres();
    await this.behind.startPostgres();
    if (!this.behind.isLedgerRunning) await this.behind.startLedger();
    if (!this.#portal?.isRunning()) await this.startPortal();
  }

  async stop(): Promise<void> {
    await this.#portal?.stop();
    await this.behind.stop();
  }
}
