// SPDX-License-Identifier: Apache-2.0
// The SQL of entries. Whole requests go in and out as arrays: one statement for one entry or ten thousand.
import type pg from 'pg';
import { type BatchState, batchStatesOf, type EntryKind, type EntryRecord, type NewEntry, stateOf } from './entry.ts';

type Queryable = Pick<pg.Pool, 'query'>;

/** Inserts what is new, in the given order; returns how many were. A row somebody is just inserting is waited for. */
export async function insertEntries(
  db: Queryable,
  clientId: string,
  receivedAt: string,
  entries: readonly NewEntry[],
): Promise<number> {
  const { rowCount } = await db.query({
    name: 'insert-entries',
    text: `INSERT INTO entry (id, client_id, reference, kind, sha256, sm3, received_at)
           SELECT id, $1, reference, kind, sha256, sm3, $2
           FROM unnest($3::uuid[], $4::text[], $5::entry_kind[], $6::bytea[], $7::bytea[])
             AS new (id, reference, kind, sha256, sm3)
           ON CONFLICT (client_id, sha256) DO NOTHING`,
    values: [
      clientId,
      receivedAt,
      entries.map((entry) => entry.id),
      entries.map((entry) => entry.reference),
      entries.map((entry) => entry.kind),
      entries.map((entry) => bytea(entry.sha256)),
      entries.map((entry) => (entry.sm3 === undefined ? null : bytea(entry.sm3))),
    ],
  });
  return rowCount ?? 0;
}

/** Inserts what is new of [reference, entry id], in the given order; returns how many were. */
export async function insertReferences(
  db: Queryable,
  clientId: string,
  references: readonly (readonly [string, string])[],
): Promise<number> {
  const { rowCount } = await db.query({
    name: 'insert-references',
    text: `INSERT INTO entry_reference (client_id, reference, entry_id)
           SELECT $1, reference, entry_id FROM unnest($2::text[], $3::uuid[]) AS new (reference, entry_id)
           ON CONFLICT DO NOTHING`,
    values: [clientId, references.map(([reference]) => reference), references.map(([, entryId]) => entryId)],
  });
  return rowCount ?? 0;
}

/** Which of these references exist, and the ids of their entries. */
export async function findReferences(
  db: Queryable,
  clientId: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ reference: string; entry_id: string }>(
    'SELECT reference, entry_id FROM entry_reference WHERE client_id = $1 AND reference = ANY($2::text[])',
    [clientId, references],
  );
  return new Map(rows.map((row) => [row.reference, row.entry_id]));
}

const COLUMNS = `e.id, e.reference, e.kind, encode(e.sha256, 'hex') AS sha256, encode(e.sm3, 'hex') AS sm3, e.received_at,
  e.number, e.batch_id, b.state AS batch_state, r.state IN ('mined', 'final') AS is_revoked`;
const TABLES = 'entry e LEFT JOIN batch b ON b.id = e.batch_id LEFT JOIN revocation r ON r.number = e.number';

export function findByDigests(db: Queryable, clientId: string, digests: readonly string[]): Promise<EntryRecord[]> {
  return find(db, `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = $1 AND e.sha256 = ANY($2::bytea[])`, [
    clientId,
    digests.map(bytea),
  ]);
}

export function findById(db: Queryable, clientId: string, id: string): Promise<EntryRecord[]> {
  return find(db, `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = $1 AND e.id = $2`, [clientId, id]);
}

export function findByNumber(db: Queryable, clientId: string, number: bigint): Promise<EntryRecord[]> {
  return find(db, `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = $1 AND e.number = $2`, [clientId, number]);
}

/** The answer carries the reference asked for, which may be an alias. */
export async function findByReference(db: Queryable, clientId: string, reference: string): Promise<EntryRecord[]> {
  const sql = `SELECT ${COLUMNS} FROM ${TABLES} JOIN entry_reference n ON n.entry_id = e.id WHERE n.client_id = $1 AND n.reference = $2`;
  return (await find(db, sql, [clientId, reference])).map((entry) => ({ ...entry, reference }));
}

/** A place in the list of final entries: batches in the order in which they became final, numbers within a batch. */
export interface FinalPlace {
  readonly sequence: bigint;
  readonly number: bigint;
}

/** Reads the client's numbers of each batch through their index: a batch of others' entries costs one look. */
export async function listFinal(
  db: Queryable,
  clientId: string,
  { after, limit }: { after: FinalPlace; limit: number },
): Promise<{ entry: EntryRecord; place: FinalPlace }[]> {
  const rows = await findRows<EntryRow & { final_sequence: string }>(
    db,
    `SELECT ${COLUMNS}, b.final_sequence FROM batch b
     CROSS JOIN LATERAL (SELECT * FROM entry WHERE client_id = $1 AND number >= b.first_number
       AND number < b.first_number + b.count AND (b.final_sequence > $2 OR number > $3) ORDER BY number LIMIT $4) e
     LEFT JOIN revocation r ON r.number = e.number
     WHERE b.final_sequence >= $2 ORDER BY b.final_sequence, e.number LIMIT $4`,
    [clientId, after.sequence, after.number, limit],
  );
  return rows.map((row) => ({
    entry: toRecord(row),
    place: { sequence: BigInt(row.final_sequence), number: BigInt(row.number ?? 0) },
  }));
}

/** The last batch that has become final; 0 before there is one. */
export async function lastFinalSequence(db: Queryable): Promise<bigint> {
  const { rows } = await db.query<{ last: string | null }>('SELECT max(final_sequence) AS last FROM batch');
  return BigInt(rows[0]?.last ?? 0);
}

/** The place of the last final batch that begins at or before this number. */
export async function finalPlaceOf(db: Queryable, number: bigint): Promise<FinalPlace> {
  const { rows } = await db.query<{ sequence: string | null }>(
    'SELECT max(final_sequence) AS sequence FROM batch WHERE first_number <= $1',
    [number],
  );
  return { sequence: BigInt(rows[0]?.sequence ?? 0), number };
}

/** Numbers are assigned and batches mined strictly in order: nothing appears behind a number already listed. */
export function listNumbered(
  db: Queryable,
  clientId: string,
  { state, after, limit }: { state: 'sequenced' | 'anchored'; after: bigint; limit: number },
): Promise<EntryRecord[]> {
  return find(
    db,
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = $1 AND e.number > $2 AND b.state = ANY($3::batch_state[])
     ORDER BY e.number LIMIT $4`,
    [clientId, after, batchStatesOf(state), limit],
  );
}

export function listRevoked(db: Queryable, clientId: string, after: bigint, limit: number): Promise<EntryRecord[]> {
  return find(
    db,
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = $1 AND r.number > $2 AND r.state IN ('mined', 'final') ORDER BY r.number LIMIT $3`,
    [clientId, after, limit],
  );
}

export function listReceived(
  db: Queryable,
  clientId: string,
  after: { receivedAt: string; id: string },
  limit: number,
): Promise<EntryRecord[]> {
  return find(
    db,
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = $1 AND e.number IS NULL AND (e.received_at, e.id) > ($2, $3)
     ORDER BY e.received_at, e.id LIMIT $4`,
    [clientId, after.receivedAt, after.id, limit],
  );
}

/** How many entries wait to be sequenced, and since when the oldest does. */
export async function unsequenced(db: Queryable): Promise<{ count: number; oldest: Date | undefined }> {
  const { rows } = await db.query<{ count: string; oldest: Date | null }>(
    'SELECT count(*) AS count, min(received_at) AS oldest FROM entry WHERE number IS NULL',
  );
  return { count: Number(rows[0]?.count ?? 0), oldest: rows[0]?.oldest ?? undefined };
}

interface EntryRow {
  id: string;
  reference: string;
  kind: EntryKind;
  sha256: string;
  sm3: string | null;
  received_at: Date;
  number: string | null;
  batch_id: string | null;
  batch_state: BatchState | null;
  is_revoked: boolean | null;
}

async function find(db: Queryable, sql: string, values: unknown[]): Promise<EntryRecord[]> {
  return (await findRows<EntryRow>(db, sql, values)).map(toRecord);
}

async function findRows<T extends EntryRow>(db: Queryable, sql: string, values: unknown[]): Promise<T[]> {
  return (await db.query<T>(sql, values)).rows;
}

function toRecord(row: EntryRow): EntryRecord {
  return {
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    sha256: row.sha256,
    ...(row.sm3 === null ? {} : { sm3: row.sm3 }),
    state: stateOf(row.batch_state, row.is_revoked === true),
    receivedAt: row.received_at.toISOString(),
    ...(row.number === null ? {} : { number: row.number }),
    ...(row.batch_id === null ? {} : { batch: row.batch_id }),
  };
}

/** PostgreSQL's text form of bytes: cheaper to send in an array than a Buffer. */
function bytea(hex: string): string {
  return `\\x${hex}`;
}
