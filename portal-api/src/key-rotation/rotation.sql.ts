// SPDX-License-Identifier: Apache-2.0
// The SQL of a rotation. Reason: tables and columns are values here, and a ciphertext gets a new head without being read whole.
import type { Database } from '../db/database.ts';
import type { EncryptedColumn, WrappedKeyColumn } from './encrypted-columns.ts';

const ROWS_AT_ONCE = 200;

export interface Head {
  id: string;
  start: Buffer;
}

/** The beginnings of ciphertexts that do not begin as those of the active key do, in the order of ids. */
export function findHeads(
  db: Database,
  { table, id, column }: EncryptedColumn,
  { after, prefix, length }: { after: string; prefix: Buffer; length: number },
): Promise<Head[]> {
  return db.query<Head>(
    `SELECT ${id}::text AS id, substring(${column} FROM 1 FOR $3) AS start FROM ${table}
     WHERE ${id} > $1::uuid AND octet_length(${column}) > 0 AND substring(${column} FROM 1 FOR octet_length($2::bytea)) <> $2
     ORDER BY ${id} LIMIT ${ROWS_AT_ONCE}`,
    [after, prefix, length],
  );
}

/** Nothing happens to a value that was saved anew since. */
export async function replaceHead(
  db: Database,
  { table, id, column }: EncryptedColumn,
  { row, head, newHead }: { row: string; head: Buffer; newHead: Buffer },
): Promise<void> {
  await db.query(
    `UPDATE ${table} SET ${column} = $3::bytea || substring(${column} FROM octet_length($2::bytea) + 1)
     WHERE ${id} = $1::uuid AND substring(${column} FROM 1 FOR octet_length($2::bytea)) = $2`,
    [row, head, newHead],
  );
}

export interface FileKey {
  id: string;
  size: string;
  keyId: string;
  wrappedKey: Buffer;
}

export function findFileKeys(
  db: Database,
  { table, keyIdColumn, column, sizeColumn }: WrappedKeyColumn,
  { after, active }: { after: string; active: string },
): Promise<FileKey[]> {
  return db.query<FileKey>(
    `SELECT id::text AS id, ${sizeColumn}::text AS size, ${keyIdColumn} AS "keyId", ${column} AS "wrappedKey" FROM ${table}
     WHERE id > $1::uuid AND ${keyIdColumn} <> $2 AND octet_length(${column}) > 0 ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
    [after, active],
  );
}

export async function replaceFileKey(
  db: Database,
  { table, keyIdColumn, column }: WrappedKeyColumn,
  { old, keyId, wrappedKey }: { old: FileKey; keyId: string; wrappedKey: Buffer },
): Promise<void> {
  await db.query(`UPDATE ${table} SET ${keyIdColumn} = $3, ${column} = $4 WHERE id = $1::uuid AND ${column} = $2`, [
    old.id,
    old.wrappedKey,
    keyId,
    wrappedKey,
  ]);
}

export interface StoredMessage {
  id: string;
  topic: string;
  subject: string;
  message: string;
}

export function findMessages(db: Database, topics: readonly string[], after: string): Promise<StoredMessage[]> {
  return db.query<StoredMessage>(
    `SELECT id::text AS id, topic, payload->>'id' AS subject, payload->>'message' AS message FROM outbox
     WHERE id > $2::bigint AND topic = ANY($1) AND payload ? 'message' ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
    [topics, after],
  );
}

export async function replaceMessage(db: Database, { id, message }: StoredMessage, newMessage: string): Promise<void> {
  await db.query(
    `UPDATE outbox SET payload = jsonb_set(payload::jsonb, '{message}', to_jsonb($3::text))
     WHERE id = $1::bigint AND payload->>'message' = $2`,
    [id, message, newMessage],
  );
}
