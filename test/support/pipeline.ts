// SPDX-License-Identifier: Apache-2.0
// A chain of either kind and a ledger's pipeline on it, for suites that run on both.
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Wallet } from 'ethers';
import { pino } from 'pino';
import { type Config, loadConfig } from '../../ledger-service/src/config.ts';
import { createDb, type Database } from '../../ledger-service/src/db/database.ts';
import { submitEntries } from '../../ledger-service/src/intake/index.ts';
import type { Observer } from '../../ledger-service/src/ledger.ts';
import { testChain } from './chain.ts';
import { freshLedgerDatabase } from './ledger.ts';
import { QbftNetwork } from './qbft.ts';
import { temporaryFolder } from './temporary.ts';

/** What a suite needs of a chain: where it is, and the settings that fit it. */
export interface TestNetwork {
  readonly name: 'embedded' | 'qbft';
  readonly urls: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly wallets: Wallets;
  /** The QBFT network itself, to stop validators of. */
  readonly qbft?: QbftNetwork;
  stop(): Promise<void>;
}

export interface Wallets {
  readonly folder: string;
  readonly admin: string;
  readonly adminKey: string;
  readonly anchorer: string;
  readonly revoker: string;
  readonly settings: Readonly<Record<string, string>>;
}

export function makeWallets(): Wallets {
  const folder = temporaryFolder();
  const [admin, anchorer, revoker] = [Wallet.createRandom(), Wallet.createRandom(), Wallet.createRandom()];
  const anchorKeyFile = path.join(folder, 'anchor-key');
  const revokerKeyFile = path.join(folder, 'revoker-key');
  writeFileSync(anchorKeyFile, anchorer.privateKey, { mode: 0o600 });
  writeFileSync(revokerKeyFile, revoker.privateKey, { mode: 0o600 });
  return {
    folder,
    admin: admin.address,
    adminKey: admin.privateKey,
    anchorer: anchorer.address,
    revoker: revoker.address,
    settings: { ADMIN_ADDRESS: admin.address, ANCHOR_KEY_FILE: anchorKeyFile, REVOKER_KEY_FILE: revokerKeyFile },
  };
}

export async function embeddedNetwork(): Promise<TestNetwork> {
  const wallets = makeWallets();
  const chain = await testChain({ funded: [wallets.admin, wallets.anchorer, wallets.revoker] });
  const settings = {
    CHAIN_PROFILE: 'embedded',
    CHAIN_RPC_URL: chain.url,
    CHAIN_DURABLE_FILE: chain.durableFile,
    ...wallets.settings,
  };
  return { name: 'embedded', urls: [chain.url], settings, wallets, stop: () => chain.stop() };
}

export async function qbftNetwork(): Promise<TestNetwork> {
  const qbft = await QbftNetwork.create();
  await qbft.start();
  const wallets = makeWallets();
  const settings = { CHAIN_PROFILE: 'permissioned', CHAIN_RPC_URL: qbft.urls.join(','), ...wallets.settings };
  return { name: 'qbft', urls: qbft.urls, settings, wallets, qbft, stop: () => qbft.stop() };
}

export interface PipelineBench {
  readonly config: Config;
  readonly database: Database;
  readonly clientId: string;
  /** Commits entries with random digests; answers their ids. */
  submit(count: number): Promise<string[]>;
  close(): Promise<void>;
}

/** A database with the ledger's schema, and settings for the network. */
export async function pipelineBench(
  network: TestNetwork,
  settings: Readonly<Record<string, string>> = {},
  databaseUrl?: string,
): Promise<PipelineBench> {
  const config = loadConfig({
    LEDGER_DATABASE_URL: databaseUrl ?? (await freshLedgerDatabase()),
    LEDGER_API_KEY_FILE: path.join(network.wallets.folder, 'api-key'),
    BATCH_MAX_AGE_MS: '100',
    ...network.settings,
    ...settings,
  });
  const database = createDb(config.databaseUrl);
  const clientId = randomUUID();
  const intake = { pool: database.pool, now: Date.now, nudge: () => {} };
  const submit = async (count: number): Promise<string[]> => {
    const inputs = Array.from({ length: count }, () => ({
      reference: randomUUID(),
      kind: 'attestation' as const,
      sha256: randomBytes(32).toString('hex'),
    }));
    return (await submitEntries(intake, clientId, inputs)).map(({ id }) => id);
  };
  return { config, database, clientId, submit, close: () => database.close() };
}

/** Quiet unless TEST_LOG_LEVEL says otherwise. */
export const testLog = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });

export const silentObserver: Observer = {
  batchSealed: () => {},
  anchorTook: () => {},
  gasUsed: () => {},
  clockOffset: () => {},
};
