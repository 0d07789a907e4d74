// SPDX-License-Identifier: Apache-2.0
// A chain of either kind and a ledger's pipeline on it, for suites that run on both.
import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UNTRACED } from '@inkseal/service-kit';
import { Wallet } from 'ethers';
import { pino } from 'pino';
import { z } from 'zod';
import { type ClosedBatch, closeBatch } from '../../ledger-service/src/batching/index.ts';
import { createChain } from '../../ledger-service/src/chain/index.ts';
import { type Config, loadConfig, type Stage } from '../../ledger-service/src/config.ts';
import { createDb, type Database } from '../../ledger-service/src/db/database.ts';
import { submitEntries } from '../../ledger-service/src/intake/index.ts';
import type { Ledger, Observer } from '../../ledger-service/src/ledger.ts';
import { createNews } from '../../ledger-service/src/news.ts';
import { createFinalHeaders } from '../../ledger-service/src/pipeline/final-header.ts';
import { createSteps, type Steps } from '../../ledger-service/src/pipeline/steps.ts';
import { STEPS } from '../../ledger-service/src/queue/index.ts';
import { bindRegistry, createValidatorSets, loadSigners } from '../../ledger-service/src/registry/index.ts';
import { callRpc } from '../../scripts/embedded/anvil.ts';
import { testChain } from './chain.ts';
import { eventually } from './eventually.ts';
import { freshLedgerDatabase } from './ledger.ts';
import { QbftNetwork } from './qbft.ts';
import { temporaryFolder } from './temporary.ts';

/** What a suite needs of a chain: where it is, and the settings that fit it. */
export interface TestNetwork {
  readonly name: 'embedded' | 'qbft';
  readonly urls: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** Set on a QBFT network. */
  readonly qbft?: QbftNetwork;
  /** Set on the embedded chain. */
  readonly embedded?: EmbeddedControl;
  /** Gives accounts what they need to pay for gas. */
  fund(addresses: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface EmbeddedControl {
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Keeps copies of its state that hold every block there is now. */
  remember(): Promise<void>;
  /** Starts it from what was remembered, as if all later copies were lost. */
  startFromMemory(): Promise<void>;
}

export async function embeddedNetwork(options: Parameters<typeof testChain>[0] = {}): Promise<TestNetwork> {
  let chain = await testChain(options);
  const folder = path.dirname(chain.durableFile);
  const memory = path.join(temporaryFolder(), 'copies');
  const port = Number(new URL(chain.url).port);
  const embedded: EmbeddedControl = {
    kill: () => chain.kill(),
    remember: async () => {
      const head = BigInt(z.string().parse(await callRpc(chain.url, 'eth_blockNumber')));
      await eventually(() => BigInt(JSON.parse(readFileSync(chain.durableFile, 'utf8')).block) >= head);
      // A copy may be replaced by a newer one while it is read.
      await eventually(() => cpSync(path.join(folder, 'copies'), memory, { recursive: true }) ?? true);
    },
    startFromMemory: async () => {
      rmSync(path.join(folder, 'copies'), { recursive: true });
      cpSync(memory, path.join(folder, 'copies'), { recursive: true });
      chain = await testChain({ ...options, folder: path.dirname(folder), port });
    },
  };
  const fund = async (addresses: readonly string[]) => {
    for (const address of addresses) await callRpc(chain.url, 'anvil_setBalance', [address, '0xde0b6b3a7640000']);
  };
  const settings = { CHAIN_PROFILE: 'embedded', CHAIN_RPC_URL: chain.url, CHAIN_DURABLE_FILE: chain.durableFile };
  return { name: 'embedded', urls: [chain.url], settings, embedded, fund, stop: () => chain.stop() };
}

/** Gas is free there. */
export async function qbftNetwork(): Promise<TestNetwork> {
  const qbft = await QbftNetwork.create();
  await qbft.start();
  const settings = { CHAIN_PROFILE: 'permissioned', CHAIN_RPC_URL: qbft.urls.join(',') };
  return { name: 'qbft', urls: qbft.urls, settings, qbft, fund: async () => {}, stop: () => qbft.stop() };
}

export interface LedgerFixture {
  readonly config: Config;
  readonly database: Database;
  readonly clientId: string;
  readonly admin: Wallet;
  readonly anchorer: Wallet;
  readonly revoker: Wallet;
  /** Commits entries with random digests; answers their ids. */
  submit(count: number): Promise<string[]>;
  close(): Promise<void>;
}

/** A database with the ledger's schema, its own keys, and settings for the network. */
export async function ledgerFixture(
  network: TestNetwork,
  settings: Readonly<Record<string, string>> = {},
): Promise<LedgerFixture> {
  const folder = temporaryFolder();
  const [admin, anchorer, revoker] = [newWallet(), newWallet(), newWallet()];
  await network.fund([admin.address, anchorer.address, revoker.address]);
  const config = loadConfig({
    LEDGER_DATABASE_URL: await freshLedgerDatabase(),
    LEDGER_API_KEY_FILE: path.join(folder, 'api-key'),
    BATCH_MAX_AGE_MS: '100',
    ADMIN_ADDRESS: admin.address,
    ANCHOR_KEY_FILE: keyFile(folder, 'anchor-key', anchorer),
    REVOKER_KEY_FILE: keyFile(folder, 'revoker-key', revoker),
    ...network.settings,
    ...settings,
  });
  const database = createDb(config.databaseUrl);
  const clientId = randomUUID();
  const intake = { database, now: Date.now, nudge: () => {} };
  const submit = async (count: number): Promise<string[]> => {
    const inputs = Array.from({ length: count }, () => ({
      reference: randomUUID(),
      kind: 'attestation' as const,
      sha256: randomBytes(32).toString('hex'),
    }));
    return (await submitEntries(intake, clientId, inputs)).map(({ id }) => id);
  };
  return { config, database, clientId, admin, anchorer, revoker, submit, close: () => database.close() };
}

/** As a backup from before the last batch would have it. */
export async function forgetLastBatch({ database }: LedgerFixture): Promise<void> {
  await database.pool.query('DELETE FROM entry WHERE batch_id = (SELECT max(id) FROM batch)');
  for (const table of ['batch_proof', 'batch_tree'] as const) {
    await database.pool.query(`DELETE FROM ${table} WHERE batch_id = (SELECT max(id) FROM batch)`);
  }
  await database.pool.query('DELETE FROM batch WHERE id = (SELECT max(id) FROM batch)');
}

const newWallet = (): Wallet => new Wallet(Wallet.createRandom().privateKey);

function keyFile(folder: string, name: string, wallet: Wallet): string {
  const file = path.join(folder, name);
  writeFileSync(file, `${wallet.privateKey}\n`, { mode: 0o600 });
  return file;
}

/** Quiet unless TEST_LOG_LEVEL says otherwise. */
export const testLog = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });

export const silentObserver: Observer = {
  batchClosed: () => {},
  anchorTook: () => {},
  gasUsed: () => {},
  workFailed: () => {},
  witnessAsked: () => {},
  witnessStored: () => {},
  witnessRefused: () => {},
  renewalStored: () => {},
  clockOffset: () => {},
  watchPool: () => {},
};

export interface SteppedLedger {
  readonly ledger: Ledger;
  readonly steps: Steps;
  /** Runs all steps once; what fails is left to the next time, as in the service. */
  advance(): Promise<void>;
}

/** A process of the service without its timers: the steps run when the test says so. */
export async function steppedLedger(
  { config, database }: LedgerFixture,
  onStage: (stage: Stage) => void = () => {},
): Promise<SteppedLedger> {
  const { rpcUrls: urls, consensus, finality, chainId } = config.chain;
  const chain = createChain({ urls, consensus, finality });
  const signers = await loadSigners(config);
  const { adminAddress, firstNumber } = config;
  const { signal } = new AbortController();
  const log = testLog;
  const registry = await bindRegistry({ database, chain, signers, adminAddress, firstNumber, chainId, log, signal });
  const validators = await createValidatorSets(database.prisma, chain, log);
  const ledger = {
    database,
    chain,
    registry,
    validators,
    signers,
    observer: silentObserver,
    log,
    tracer: UNTRACED,
    news: createNews(),
    onStage,
    witnessesRequired: config.witnesses.required,
    hintWitnesses: [],
    finalAfter: config.finalAfter,
  };
  const finals = createFinalHeaders({ chain, validators, log });
  const policy = { maxAgeMs: 0, maxSize: config.batchMaxSize };
  const steps = createSteps({ ledger, finals, policy, nudge: () => {} });
  await steps.compare();
  await finals.newest();
  const advance = async () => {
    for (const step of STEPS) await steps[step]();
  };
  return { ledger, steps, advance };
}

export interface BatchFixture {
  readonly ledger: Ledger;
  readonly fixture: LedgerFixture;
  /** Closes the oldest entries; undefined when there are none. */
  closeBatch(maxSize?: number): Promise<ClosedBatch | undefined>;
  /** Back to no entries, no batches and no anchoring transactions. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** A ledger on the embedded chain, for suites about the rows that closing and signing leave. */
export async function batchFixture(): Promise<BatchFixture> {
  const network = await embeddedNetwork();
  const fixture = await ledgerFixture(network);
  const { ledger } = await steppedLedger(fixture);
  const { pool } = fixture.database;
  return {
    ledger,
    fixture,
    closeBatch: async (maxSize = 4_096) => {
      const notBefore = await ledger.chain.newestFinalHeader();
      return closeBatch(ledger, { maxSize, notBefore, receivedUntil: new Date() });
    },
    clear: async () => {
      await pool.query('TRUNCATE entry, batch, batch_tree CASCADE');
      await pool.query(`DELETE FROM chain_transaction WHERE purpose = 'anchor'`);
    },
    close: async () => {
      await fixture.close();
      await network.stop();
    },
  };
}
