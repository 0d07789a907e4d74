// SPDX-License-Identifier: Apache-2.0
// Where the time of closing a batch goes: its queries are watched on their way to PostgreSQL, and told apart by what they do.
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

/** Records every query of the pool's connections from now on. */
export function watchQueries(pool: pg.Pool): WatchedQuery[] {
  const queries: WatchedQuery[] = [];
  const watched = new WeakSet<pg.ClientBase>();
  pool.on('acquire', (client) => {
    if (!watched.has(client)) watch(client, queries);
    watched.add(client);
  });
  return queries;
}

function watch(client: pg.ClientBase, queries: WatchedQuery[]): void {
  let freeAt = 0;
  client.query = new Proxy(client.query, {
    apply(query, self, request) {
      const askedAt = performance.now();
      const answer: unknown = Reflect.apply(query, self, request);
      const note = () => {
        const now = performance.now();
        queries.push({ text: textOf(request[0]), ms: now - Math.max(askedAt, freeAt) });
        freeAt = now;
      };
      if (answer instanceof Promise) answer.then(note, note);
      return answer;
    },
  });
}

function textOf(request: string | pg.QueryConfig): string {
  return typeof request === 'string' ? request : request.text;
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
  if (/^\s*INSERT INTO batch/.test(text)) return 'tree';
  return text === 'COMMIT' ? 'commit' : 'other';
}
