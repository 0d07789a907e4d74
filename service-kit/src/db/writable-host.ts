// SPDX-License-Identifier: Apache-2.0
// Finds, among the hosts of a database, the one that accepts writes now.
import pg from 'pg';
import { z } from 'zod';
import { READ_ONLY } from './writable-host.sql.ts';

/** All hosts are asked at once, so that one that does not answer delays nobody. */
const ANSWER_WITHIN_MS = 1_500;
/** Connections that follow one another closely share one search. */
const HOLDS_MS = 1_000;

const readOnlySchema = z.tuple([z.object({ transaction_read_only: z.string() })]);

export interface Host {
  host: string;
  port: number;
}

export interface WritableHost {
  /** Rejects with an error that counts as an outage when no host accepts writes. */
  find(): Promise<Host>;
  /** The host that was found is of no use any more: the next call searches. */
  forget(): void;
}

export function createWritableHost(urls: readonly string[]): WritableHost {
  let search: { answer: Promise<Host>; until: number } | undefined;
  const forget = () => {
    search = undefined;
  };
  const find = () => {
    if (search && performance.now() < search.until) return search.answer;
    const answer = askAll(urls);
    answer.catch(forget);
    search = { answer, until: performance.now() + HOLDS_MS };
    return answer;
  };
  return { find, forget };
}

async function askAll(urls: readonly string[]): Promise<Host> {
  try {
    return await Promise.any(urls.map(requireWritable));
  } catch (error) {
    const causes: unknown[] = error instanceof AggregateError ? error.errors : [error];
    // A wrong password or name is not an outage: that error says more than ours.
    const refusal = causes.find((cause) => cause instanceof pg.DatabaseError && cause.code?.startsWith('28'));
    throw refusal ?? new NoWritableHost(causes);
  }
}

async function requireWritable(url: string): Promise<Host> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'inkseal host search',
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // A lost connection also fails the query that waits on it; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(READ_ONLY);
    if (readOnlySchema.parse(rows)[0].transaction_read_only !== 'off') throw new Error('the server only reads');
    return { host: client.host, port: client.port };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Has the code by which services recognise that the database, and not the request, is at fault. */
class NoWritableHost extends AggregateError {
  /** connection_does_not_exist */
  readonly code = '08003';

  constructor(causes: unknown[]) {
    super(causes, 'none of the hosts accepts writes');
    this.name = 'NoWritableHost';
  }
}
