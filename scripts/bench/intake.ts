// SPDX-License-Identifier: Apache-2.0
// Intake in bulk over HTTP, each digest and each reference once per client, while the same process closes and anchors
// what it took; beside the bare INSERT of the same rows into the same table of another database on the same server.
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { freshLedgerDatabase } from '../../test/support/ledger.ts';
import { embeddedNetwork } from '../../test/support/pipeline.ts';
import { eventually } from '../processes/eventually.ts';
import { type Figure, median, round, timed } from './figure.ts';
import { type Submission, startLedgerProcess } from './ledger-process.ts';

export interface IntakeSize {
  entries?: number;
  perRequest?: number;
  connections?: number;
  rounds?: number;
}

const CLOSED_WITHIN_MS = 120_000;

export async function measureIntake(size: IntakeSize = {}): Promise<Figure[]> {
  const { entries = 20_000, perRequest = 1_000, connections = 4, rounds = 5 } = size;
  const network = await embeddedNetwork({ blockMs: 1_000, idleBlockMs: 10_000 });
  const ledger = await startLedgerProcess(network);
  const ledgerPool = new pg.Pool({ connectionString: ledger.databaseUrl, max: 1 });
  const barePool = new pg.Pool({ connectionString: await freshLedgerDatabase(), max: connections });
  try {
    const ours: number[] = [];
    const bare: number[] = [];
    let first: Submission[][] = [];
    for (let turn = 0; turn <= rounds; turn += 1) {
      const requests = newRequests(entries, perRequest);
      if (turn === 0) first = requests;
      const oursMs = await timed(() => inParallel(connections, requests, ledger.submit));
      await untilClosed(ledgerPool);
      const clientId = randomUUID();
      const bareMs = await timed(() =>
        inParallel(connections, requests, (rows) => insertBare(barePool, clientId, rows)),
      );
      if (turn === 0) continue;
      ours.push((1000 * entries) / oursMs);
      bare.push((1000 * entries) / bareMs);
    }
    const repeatedMs = await timed(() => inParallel(connections, first, ledger.submit));
    await requireNoDoubles(ledgerPool, entries * (rounds + 1));
    const figure: Figure = {
      name: 'intake over HTTP in bulk',
      unit: 'entries/s',
      ours: round(median(ours), 0),
      peer: { name: 'bare INSERT … ON CONFLICT', value: round(median(bare), 0) },
      comparison: 'faster',
      target: { on: 'ours', atLeast: 3_000 },
      details: {
        entriesPerRound: entries,
        perRequest,
        connections,
        rounds,
        'entries/s when all are known already': round((1000 * entries) / repeatedMs, 0),
      },
    };
    return [figure];
  } finally {
    await Promise.all([ledgerPool.end(), barePool.end()]);
    await ledger.stop();
    await network.stop();
  }
}

function newRequests(entries: number, perRequest: number): Submission[][] {
  const requests: Submission[][] = [];
  for (let done = 0; done < entries; done += perRequest) {
    requests.push(Array.from({ length: Math.min(perRequest, entries - done) }, newSubmission));
  }
  return requests;
}

export function newSubmission(): Submission {
  return { reference: `bench:${randomUUID()}`, kind: 'attestation', sha256: randomBytes(32).toString('hex') };
}

/** So many of `requests` at a time. */
async function inParallel<T>(lanes: number, requests: readonly T[], send: (request: T) => Promise<unknown>) {
  const queue = [...requests];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await send(next);
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

async function insertBare(pool: pg.Pool, clientId: string, rows: readonly Submission[]): Promise<void> {
  const sorted = rows.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  await pool.query(
    `INSERT INTO entry (id, client_id, reference, kind, sha256, received_at)
     SELECT uuidv7(), $1, reference, 'attestation', sha256, clock_timestamp()
     FROM unnest($2::text[], $3::bytea[]) AS new (reference, sha256) ON CONFLICT DO NOTHING`,
    [clientId, sorted.map(({ reference }) => reference), sorted.map(({ sha256 }) => `\\x${sha256}`)],
  );
}

async function untilClosed(pool: pg.Pool): Promise<void> {
  const isClosed = async () => (await countWhere(pool, 'number IS NULL')) === 0;
  await eventually(isClosed, { what: 'batches of all entries taken in', withinMs: CLOSED_WITHIN_MS });
}

/** The figure would be worth nothing if it were bought with doubled or lost entries. */
async function requireNoDoubles(pool: pg.Pool, expected: number): Promise<void> {
  const found = await countWhere(pool, 'true');
  if (found !== expected) throw new RangeError(`${found} entries instead of ${expected}`);
}

const countSchema = z.tuple([z.object({ count: z.int() })]);

async function countWhere(pool: pg.Pool, condition: string): Promise<number> {
  const { rows } = await pool.query(`SELECT count(*)::int AS count FROM entry WHERE ${condition}`);
  const [{ count }] = countSchema.parse(rows);
  return count;
}
