// SPDX-License-Identifier: Apache-2.0
// The SQL of entries: intake and look-up are measured by the bench. Whole requests go in and out as arrays: one statement
// for one entry or ten thousand.
import { column, execute, named, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { type BatchState, type EntryRecord, type NewEntry, stateOf } from './entry.ts';

/** Reason: set-based, on the path of intake. A row that somebody is just inserting is waited for. Returns how many were new. */
export function insertEntries(
  db: Db,
  clientId: string,
  receivedAt: string,
  entries: readonly NewEntry[],
): Promise<number> {
  return execute(
    db,
    named(
      'insert-entries',
      Prisma.sql`INSERT INTO entry (id, client_id, reference, kind, sha256, sm3, received_at)
        SELECT id, ${clientId}, reference, kind, sha256, sm3, ${receivedAt}
        FROM unnest(${entries.map((entry) => entry.id)}::uuid[], ${entries.map((entry) => entry.reference)}::text[],
            ${entries.map((entry) => entry.kind)}::entry_kind[], ${entries.map((entry) => bytea(entry.sha256))}::bytea[],
            ${entries.map((entry) => (entry.sm3 === undefined ? null : bytea(entry.sm3)))}::bytea[])
          AS new (id, reference, kind, sha256, sm3)
        ON CONFLICT (client_id, sha256) DO NOTHING`,
    ),
  );
}

/** Reason: set-based, on the path of intake. Takes [reference, entry id] in the given order; returns how many were new. */
export function insertReferences(
  db: Db,
  clientId: string,
  references: readonly (readonly [string, string])[],
): Promise<number> {
  return execute(
    db,
    named(
      'insert-references',
      Prisma.sql`INSERT INTO entry_reference (client_id, reference, entry_id)
        SELECT ${clientId}, reference, entry_id FROM unnest(${references.map(([reference]) => reference)}::text[],
          ${references.map(([, entryId]) => entryId)}::uuid[]) AS new (reference, entry_id)
        ON CONFLICT DO NOTHING`,
    ),
  );
}

/** Reason: on the path of intake, up to ten thousand in one array. Which of these references exist, and their entries' ids. */
export async function findReferences(
  db: Db,
  clientId: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  const rows = await rowsOf(
    db,
    z.object({ reference: z.string(), entry_id: z.string() }),
    Prisma.sql`SELECT reference, entry_id FROM entry_reference
      WHERE client_id = ${clientId} AND reference = ANY(${references}::text[])`,
  );
  return new Map(rows.map((row) => [row.reference, row.entry_id]));
}

const entryRow = z.object({
  id: z.string(),
  reference: z.string(),
  kind: z.enum(['attestation', 'registration', 'submission', 'audit-head']),
  sha256: z.string(),
  sm3: z.string().nullable(),
  received_at: column.time,
  number: column.bigint.nullable(),
  batch_id: column.bigint.nullable(),
  batch_state: z.enum(['closed', 'signed', 'sent', 'mined', 'final']).nullable(),
  is_revoked: z.boolean().nullable(),
});

/** A batch that still lacks a required witness is final on the chain alone, and its entries are given out as anchored. */
const BATCH_STATE = Prisma.sql`CASE WHEN b.state = 'final' AND b.final_sequence IS NULL THEN 'mined' ELSE b.state END`;
const COLUMNS = Prisma.sql`e.id, e.reference, e.kind, encode(e.sha256, 'hex') AS sha256, encode(e.sm3, 'hex') AS sm3,
  e.received_at, e.number, e.batch_id, ${BATCH_STATE} AS batch_state, r.state IN ('mined', 'final') AS is_revoked`;
const TABLES = Prisma.sql`entry e LEFT JOIN batch b ON b.id = e.batch_id LEFT JOIN revocation r ON r.number = e.number`;

/** Reason: on the path of intake, up to ten thousand in one array. */
export function findByDigests(db: Db, clientId: string, digests: readonly string[]): Promise<EntryRecord[]> {
  return find(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES}
      WHERE e.client_id = ${clientId} AND e.sha256 = ANY(${digests.map(bytea)}::bytea[])`,
  );
}

/** Reason: the state is joined from tables that have no foreign keys, so that sequencing writes fast. */
export function findById(db: Db, clientId: string, id: string): Promise<EntryRecord[]> {
  return find(db, Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = ${clientId} AND e.id = ${id}`);
}

/** Reason: as for `findById`. */
export function findByNumber(db: Db, clientId: string, number: bigint): Promise<EntryRecord[]> {
  return find(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = ${clientId} AND e.number = ${number}`,
  );
}

/** Reason: as for `findById`. The answer carries the reference asked for, which may be an alias. */
export async function findByReference(db: Db, clientId: string, reference: string): Promise<EntryRecord[]> {
  const found = await find(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES} JOIN entry_reference n ON n.entry_id = e.id
      WHERE n.client_id = ${clientId} AND n.reference = ${reference}`,
  );
  return found.map((entry) => ({ ...entry, reference }));
}

/** A place in the list of final entries: batches in the order in which they became final, numbers within a batch. */
export interface FinalPlace {
  readonly sequence: bigint;
  readonly number: bigint;
}

/**
 * Reason: a lateral join. It reads the client's numbers of each batch through their index, so that a batch of others'
 * entries costs one look.
 */
export async function listFinal(
  db: Db,
  clientId: string,
  { after, limit }: { after: FinalPlace; limit: number },
): Promise<{ entry: EntryRecord; place: FinalPlace }[]> {
  const rows = await rowsOf(
    db,
    entryRow.extend({ number: column.bigint, final_sequence: column.bigint }),
    Prisma.sql`SELECT ${COLUMNS}, b.final_sequence FROM batch b
      CROSS JOIN LATERAL (SELECT * FROM entry WHERE client_id = ${clientId} AND number >= b.first_number
        AND number < b.first_number + b.count AND (b.final_sequence > ${after.sequence} OR number > ${after.number})
        ORDER BY number LIMIT ${limit}) e
      LEFT JOIN revocation r ON r.number = e.number
      WHERE b.final_sequence >= ${after.sequence} ORDER BY b.final_sequence, e.number LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    entry: toRecord(row),
    place: { sequence: BigInt(row.final_sequence), number: BigInt(row.number) },
  }));
}

/** Reason: as for `findById`. Numbers are assigned and batches mined in order: nothing appears behind one already listed. */
export function listNumbered(
  db: Db,
  clientId: string,
  { states, after, limit }: { states: readonly BatchState[]; after: bigint; limit: number },
): Promise<EntryRecord[]> {
  return find(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = ${clientId} AND e.number > ${after}
      AND ${BATCH_STATE} = ANY(${states}::batch_state[]) ORDER BY e.number LIMIT ${limit}`,
  );
}

/** Reason: as for `findById`. */
export function listRevoked(db: Db, clientId: string, after: bigint, limit: number): Promise<EntryRecord[]> {
  return find(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = ${clientId} AND r.number > ${after}
      AND r.state IN ('mined', 'final') ORDER BY r.number LIMIT ${limit}`,
  );
}

/** Reason: compares pairs, which Prisma cannot. */
export function listReceived(
  db: Db,
  clientId: string,
  after: { receivedAt: string; id: string },
  limit: number,
): Promise<EntryRecord[]> {
  return find(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE e.client_id = ${clientId} AND e.number IS NULL
      AND (e.received_at, e.id) > (${after.receivedAt}, ${after.id}) ORDER BY e.received_at, e.id LIMIT ${limit}`,
  );
}

async function find(db: Db, statement: Prisma.Sql): Promise<EntryRecord[]> {
  return (await rowsOf(db, entryRow, statement)).map(toRecord);
}

function toRecord(row: z.output<typeof entryRow>): EntryRecord {
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
