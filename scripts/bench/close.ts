// SPDX-License-Identifier: Apache-2.0
// From received to closed: the ledger's own transaction beside one SQL statement that claims as many rows and writes
// a number and a text of the same length into each, on the same durable PostgreSQL.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { closeBatch } from '../../ledger-service/src/batching/index.ts';
import type { Ledger } from '../../ledger-service/src/ledger.ts';
import { embeddedNetwork, ledgerFixture, steppedLedger } from '../../test/support/pipeline.ts';
import { STAGES, type Stages, stagesOf, watchQueries } from './close-stages.ts';
import { useDurablePostgres } from './durable-postgres.ts';
import { type Figure, median, round, timed } from './figure.ts';

export interface CloseSize {
  entries?: number;
  rounds?: number;
}

export async function measureClosing({ entries = 10_000, rounds = 7 }: CloseSize = {}): Promise<Figure[]> {
  await useDurablePostgres();
  const network = await embeddedNetwork();
  const fixture = await ledgerFixture(network, { BATCH_MAX_SIZE: String(entries) });
  try {
    const { ledger } = await steppedLedger(fixture);
    return [await compare(ledger, entries, rounds)];
  } finally {
    await fixture.close();
    await network.stop();
  }
}

async function compare(ledger: Ledger, entries: number, rounds: number): Promise<Figure> {
  const { pool } = ledger.database;
  const queries = watchQueries(pool);
  const notBefore = await ledger.chain.newestFinalHeader();
  const ours: number[] = [];
  const bare: number[] = [];
  const stages: Stages[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    await fill(pool, entries);
    queries.length = 0;
    const oursMs = await timed(() => closeBatch(ledger, { maxSize: entries, notBefore, receivedUntil: new Date() }));
    const closing = queries.splice(0);
    const statementBytes = await lengthOfStatements(pool, entries);
    await fill(pool, entries);
    const bareMs = await timed(() => closeBare(pool, entries, statementBytes));
    if (turn === 0) continue;
    ours.push(oursMs);
    bare.push(bareMs);
    stages.push(stagesOf(closing, oursMs));
  }
  return {
    name: `${entries} entries, claim to closed`,
    unit: 'ms',
    ours: round(median(ours)),
    peer: { name: 'claim and write in one SQL statement', value: round(median(bare)) },
    comparison: 'cost',
    target: { on: 'ratio', atMost: 1.5 },
    details: { rounds, ...sharesOf(stages, median(ours)) },
  };
}

/** Both contenders get a table of nothing but entries that wait. */
async function fill(pool: pg.Pool, entries: number): Promise<void> {
  await pool.query('TRUNCATE entry, batch, batch_tree');
  await pool.query(
    `INSERT INTO entry (id, client_id, reference, kind, sha256, received_at)
     SELECT uuidv7(), $1, 'bench:' || n, 'attestation', sha256(n::text::bytea), clock_timestamp() FROM generate_series(1, $2) AS n`,
    [randomUUID(), entries],
  );
  await pool.query('VACUUM ANALYZE entry');
  await pool.query('CHECKPOINT');
}

/** Also makes sure that all of them were closed. */
async function lengthOfStatements(pool: pg.Pool, entries: number): Promise<number> {
  const { rows } = await pool.query('SELECT count(number)::int AS count, max(length(statement)) AS length FROM entry');
  const [found] = z.array(z.object({ count: z.int(), length: z.int() })).parse(rows);
  if (found?.count !== entries) throw new RangeError(`${found?.count} of ${entries} entries were closed`);
  return found.length;
}

async function closeBare(pool: pg.Pool, entries: number, statementBytes: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `WITH claimed AS MATERIALIZED (
         SELECT id FROM entry WHERE number IS NULL ORDER BY received_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
       ), numbered AS (
         SELECT id, row_number() OVER () AS position FROM claimed
       )
       UPDATE entry AS e SET number = 100000000000000000 + position, batch_id = 1, statement = repeat('x', $2)
       FROM numbered WHERE e.id = numbered.id`,
      [entries, statementBytes],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

function sharesOf(stages: readonly Stages[], totalMs: number): Record<string, string> {
  return Object.fromEntries(
    STAGES.map((name) => {
      const ms = median(stages.map((one) => one[name]));
      return [name, `${round(ms)} ms (${round((100 * ms) / totalMs, 0)} %)`];
    }),
  );
}
