// SPDX-License-Identifier: Apache-2.0
// Where the time of a seal goes: its queries are watched on their way to PostgreSQL, and told apart by what they do.
import type pg from 'pg';

/** Milliseconds in which PostgreSQL worked on one stage; `node`: in which it waited for us. They add up to the whole. */
export interface Stages {
  /** Claims, numbers, writes and hashes the entries. */
  write: number;
  tree: number;
  commit: number;
  other: number;
  node: number;
}

export const STAGES = ['write', 'tree', 'commit', 'other', 'node'] as const satisfies (keyof Stages)[];

interface WatchedQuery {
  readonly text: string;
  /** A connection works on one query after another: since the one before, or since it was asked. */
  readonly ms: number;
}

/** The same pool, whose clients record each query in `queries`. */
export function watchedPool(pool: pg.Pool): { pool: pg.Pool; queries: WatchedQuery[] } {
  const queries: WatchedQuery[] = [];
  const connect = async (): Promise<pg.PoolClient> => watchedClient(await pool.connect(), queries);
  const watched = new Proxy(pool, {
    get: (target, name) => (name === 'connect' ? connect : Reflect.get(target, name, target)),
  });
  return { pool: watched, queries };
}

function watchedClient(client: pg.PoolClient, queries: WatchedQuery[]): pg.PoolClient {
  let freeAt = 0;
  const query = async (config: string | pg.QueryConfig, values?: unknown[]) => {
    const askedAt = performance.now();
    const result = await client.query(config, values);
    const now = performance.now();
    queries.push({ text: typeof config === 'string' ? config : config.text, ms: now - Math.max(askedAt, freeAt) });
    freeAt = now;
    return result;
  };
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'query') return query;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export function stagesOf(queries: readonly WatchedQuery[], totalMs: number): Stages {
  const stages: Stages = { write: 0, tree: 0, commit: 0, other: 0, node: totalMs };
  for (const { text, ms } of queries) {
    stages[stageOf(text)] += ms;
    stages.node -= ms;
  }
  return stages;
}

function stageOf(text: string): Exclude<keyof Stages, 'node'> {
  if (/\bUPDATE entry\b/.test(text)) return 'write';
  if (/^INSERT INTO batch/.test(text)) return 'tree';
  return text === 'COMMIT' ? 'commit' : 'other';
}
