// SPDX-License-Identifier: Apache-2.0
// A ledger service for tests of its HTTP side: the real program over a real database, its chain being away.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createLogger } from '@inkseal/service-kit';
import { composeService } from '../../ledger-service/src/compose.ts';
import { loadConfig } from '../../ledger-service/src/config.ts';
import { migrate } from '../../ledger-service/src/db/migrate.ts';
import { DomainError } from '../../ledger-service/src/errors.ts';
import type { Pipeline } from '../../ledger-service/src/pipeline/index.ts';
import { freshDatabase } from './postgres.ts';
import { temporaryFolder } from './temporary.ts';

export interface TestLedger {
  url: string;
  databaseUrl: string;
  /** The first API key. */
  key: string;
  keyFile: string;
  /** Sends JSON with the first key; `key: null` sends none. */
  send(method: string, route: string, options?: SendOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface SendOptions {
  body?: unknown;
  key?: string | null;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Tests look into it freely.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests assert
  json: any;
}

export interface TestLedgerOptions {
  databaseUrl?: string;
  environment?: Record<string, string>;
  pipeline?: Partial<Pipeline>;
  /** Gets every log line. */
  log?: (line: string) => void;
}

/** A new database with the ledger's schema, cloned from one that was migrated once per run. */
export function freshLedgerDatabase(): Promise<string> {
  return freshDatabase({ name: 'ledger', prepare: async (url) => void (await migrate(url)) });
}

export async function startLedger(options: TestLedgerOptions = {}): Promise<TestLedger> {
  const databaseUrl = options.databaseUrl ?? (await freshLedgerDatabase());
  const keyFile = path.join(temporaryFolder(), 'ledger-api-key');
  const config = loadConfig({
    LEDGER_DATABASE_URL: databaseUrl,
    LEDGER_PORT: '0',
    LEDGER_API_KEY_FILE: keyFile,
    CHAIN_PROFILE: 'evm',
    CHAIN_RPC_URL: 'http://127.0.0.1:1',
    ANCHOR_KEY_FILE: 'unused',
    REVOKER_KEY_FILE: 'unused',
    ADMIN_ADDRESS: `0x${'11'.repeat(20)}`,
    LOG_LEVEL: options.log ? 'info' : 'silent',
    ...options.environment,
  });
  const pipeline = { ...chainAway, ...options.pipeline };
  const destination = options.log && { write: options.log };
  const logger = createLogger({ service: 'ledger', level: config.logLevel, destination });
  const service = composeService(config, logger, () => pipeline);
  const port = await service.start();
  const url = `http://127.0.0.1:${port}`;
  const key = (await readFile(keyFile, 'utf8')).trim();
  const send = (method: string, route: string, given: SendOptions = {}) => request(url, key, method, route, given);
  return { url, databaseUrl, key, keyFile, send, stop: () => service.stop() };
}

const refuse = async () => {
  throw new DomainError('chain-unavailable');
};

const chainAway: Pipeline = {
  start: async () => {},
  stop: async () => {},
  nudge: () => {},
  health: async () => ({
    chain: { ok: false, code: 'chain-unavailable' },
    queue: { ok: true },
    ledger: { ok: true },
    anchoring: { ok: true },
    proofs: { ok: true },
  }),
  proof: refuse,
  absence: refuse,
  revoke: refuse,
  trustFile: refuse,
};

async function request(url: string, key: string, method: string, route: string, given: SendOptions): Promise<Answer> {
  const headers = new Headers(given.headers);
  const token = given.key === undefined ? key : given.key;
  if (token !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  if (given.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const body = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  const answer = await fetch(`${url}${route}`, { method, headers, ...(given.body === undefined ? {} : { body }) });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, text, json: isJson && text ? JSON.parse(text) : undefined };
}
