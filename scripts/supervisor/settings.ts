// SPDX-License-Identifier: Apache-2.0
// What `npm start` reads from the environment. What only a service needs passes through to it untouched.
import path from 'node:path';
import { Failure } from '../processes/failure.ts';

export interface Settings {
  /** Absolute path; everything that is kept stands under it. */
  dataFolder: string;
  portalPort: number;
  ledgerPort: number;
  chainPort: number;
  postgresPort: number;
  /** Each given one replaces a database of the embedded PostgreSQL; with both, none is started. */
  ledgerDatabaseUrl?: string;
  portalDatabaseUrl?: string;
  /** How long a service may take to stop before it is killed: longer than it waits for its own requests. */
  serviceStopWithinMs: number;
  /** Where the development reviewer's credentials are; none in production. */
  seedReviewerFile?: string;
  /** Where the ledger makes the key of its acceptance receipts; not in production, or where RECEIPT_KEY_FILE names another. */
  receiptKeyFile?: string;
  /** Where backups are; PostgreSQL's log and the chain's copies are archived there all the time. */
  backups?: { folder: string; walEverySeconds: number };
  /** Given: no chain is started. */
  chain?: ExternalChain;
}

export interface ExternalChain {
  profile: string;
  rpcUrl: string;
  anchorKeyFile: string;
  revokerKeyFile: string;
  adminAddress: string;
}

/** What a service does after its last answer, with room to spare. */
const STOP_STEPS_MS = 15_000;

type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(env: Environment, root: string): Settings {
  const settings: Settings = {
    dataFolder: path.resolve(root, env.INKSEAL_DATA || 'data'),
    portalPort: portOf(env, 'PORT', 8080),
    ledgerPort: portOf(env, 'LEDGER_PORT', 8081),
    chainPort: portOf(env, 'CHAIN_PORT', 8545),
    postgresPort: portOf(env, 'PG_PORT', 5433),
    serviceStopWithinMs: Number(env.HTTP_STOP_WITHIN_MS || 30_000) + STOP_STEPS_MS,
  };
  if (env.LEDGER_DATABASE_URL) settings.ledgerDatabaseUrl = env.LEDGER_DATABASE_URL;
  if (env.PORTAL_DATABASE_URL) settings.portalDatabaseUrl = env.PORTAL_DATABASE_URL;
  if (env.NODE_ENV !== 'production') {
    const keys = path.join(settings.dataFolder, 'keys');
    settings.seedReviewerFile = path.join(keys, 'reviewer.json');
    if (!env.RECEIPT_KEY_FILE) settings.receiptKeyFile = path.join(keys, 'receipt.key');
  }
  if (env.BACKUP_FOLDER) {
    const walEverySeconds = secondsOf(env, 'BACKUP_WAL_SECONDS', 60);
    settings.backups = { folder: path.resolve(root, env.BACKUP_FOLDER), walEverySeconds };
  }
  const chain = externalChainOf(env);
  if (chain) settings.chain = chain;
  return settings;
}

function externalChainOf(env: Environment): ExternalChain | undefined {
  const { CHAIN_RPC_URL: rpcUrl, CHAIN_PROFILE: profile = 'permissioned' } = env;
  if (!rpcUrl) {
    if (env.CHAIN_PROFILE && env.CHAIN_PROFILE !== 'embedded') {
      throw new Failure(`CHAIN_PROFILE=${env.CHAIN_PROFILE} needs CHAIN_RPC_URL`);
    }
    return undefined;
  }
  if (profile === 'embedded') throw new Failure('CHAIN_PROFILE=embedded starts its own chain: unset CHAIN_RPC_URL');
  const { ANCHOR_KEY_FILE, REVOKER_KEY_FILE, ADMIN_ADDRESS } = env;
  if (!ANCHOR_KEY_FILE || !REVOKER_KEY_FILE || !ADMIN_ADDRESS) {
    const missing = ['ANCHOR_KEY_FILE', 'REVOKER_KEY_FILE', 'ADMIN_ADDRESS'].filter((name) => !env[name]);
    throw new Failure(`a chain of your own (CHAIN_RPC_URL) also needs ${missing.join(', ')}`);
  }
  const keyFiles = { anchorKeyFile: path.resolve(ANCHOR_KEY_FILE), revokerKeyFile: path.resolve(REVOKER_KEY_FILE) };
  return { profile, rpcUrl, ...keyFiles, adminAddress: ADMIN_ADDRESS };
}

function secondsOf(env: Environment, name: string, byDefault: number): number {
  const text = env[name];
  if (!text) return byDefault;
  if (!/^[1-9][0-9]{0,4}$/.test(text)) throw new Failure(`${name}=${text} is not a number of seconds from 1 to 99999`);
  return Number(text);
}

function portOf(env: Environment, name: string, byDefault: number): number {
  const text = env[name];
  if (!text) return byDefault;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Failure(`${name}=${text} is not a port`);
  return port;
}
