// SPDX-License-Identifier: Apache-2.0
// The rows of uploads.
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { requireQuota, reserveRoom, withRoomLock } from './room.ts';
import { COMPLETE_TOPIC, type Upload, type UploadsContext } from './upload.ts';

type Queries = Pick<Database, 'query'> | Transaction;
type UploadRecord = Omit<Upload, 'size' | 'receivedBytes'> & { size: string; receivedBytes: string };

const COLUMNS = `
  id, account_id AS "accountId", name, declared_size AS size, received_bytes AS "receivedBytes", state,
  media_type AS "mediaType", picture_fault AS "pictureFault",
  picture_megapixels AS "pictureMegapixels", sha256, sm3, cid, key_id AS "keyId", wrapped_key AS "wrappedKey",
  created_at AS "createdAt", first_byte_at AS "firstByteAt", completed_at AS "completedAt", expires_at AS "expiresAt"`;

export async function findUpload(db: Queries, id: string): Promise<Upload | undefined> {
  const [row] = await db.query<UploadRecord>(`SELECT ${COLUMNS} FROM upload WHERE id = $1`, [id]);
  return row && fromRecord(row);
}

/** Throws `file-not-found`: for a file that a record names. */
export async function requireUpload(db: Queries, id: string): Promise<Upload> {
  const upload = await findUpload(db, id);
  if (!upload) throw new DomainError('file-not-found');
  return upload;
}

export async function unfinishedUploads(db: Queries): Promise<string[]> {
  const rows = await db.query<{ id: string }>(`SELECT id FROM upload WHERE state = 'RECEIVING' ORDER BY id`);
  return rows.map(({ id }) => id);
}

export type NewUpload = Pick<Upload, 'id' | 'accountId' | 'name' | 'size' | 'keyId' | 'wrappedKey'> & {
  expectedSha256: Buffer | null;
  /** The member's real name is verified. */
  isVerified: boolean;
};

/** Adds the row, which reserves its room; throws `upload-limit-reached` or `store-unavailable` when there is none. */
export function insertUpload(
  context: Pick<UploadsContext, 'db' | 'folder' | 'limits' | 'copies'>,
  upload: NewUpload,
): Promise<Upload> {
  const { db, limits } = context;
  return withRoomLock(db, async (tx) => {
    await requireQuota(tx, context, upload);
    await reserveRoom(tx, context, upload.size);
    const [row] = await tx.query<UploadRecord>(
      `INSERT INTO upload (id, account_id, name, declared_size, key_id, wrapped_key, expires_at, expected_sha256)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8) RETURNING ${COLUMNS}`,
      [
        upload.id,
        upload.accountId,
        upload.name,
        upload.size,
        upload.keyId,
        upload.wrappedKey,
        limits.unfinishedMs / 1_000,
        upload.expectedSha256,
      ],
    );
    if (!row) throw new DomainError('internal');
    return fromRecord(row);
  });
}

/** Notes when the first byte came. Later calls change nothing. */
export async function noteFirstByte(db: Database, id: string, at: Date): Promise<void> {
  await db.query('UPDATE upload SET first_byte_at = $2 WHERE id = $1 AND first_byte_at IS NULL', [id, at]);
}

/** Notes what is committed. With the last byte, completion is asked for in the same transaction; asking twice is harmless. */
export async function noteCommitted(db: Database, id: string, bytes: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [before] = await tx.query<{ received: string; size: string }>(
      `SELECT received_bytes AS received, declared_size AS size FROM upload
        WHERE id = $1 AND state = 'RECEIVING' FOR UPDATE`,
      [id],
    );
    if (!before) return;
    if (Number(before.received) !== bytes)
      await tx.query('UPDATE upload SET received_bytes = $2 WHERE id = $1', [id, bytes]);
    const isNews = Number(before.received) < bytes || bytes === 0;
    if (bytes === Number(before.size) && isNews) tx.enqueue(COMPLETE_TOPIC, { uploadId: id });
  });
}

/** Ids of uploads whose time is over: unfinished ones, and finished ones that nothing uses. */
export async function expiredUploads(db: Queries): Promise<{ id: string }[]> {
  return db.query(
    `SELECT id FROM upload WHERE expires_at < now() AND state IN ('RECEIVING', 'COMPLETE') AND NOT ${IN_USE}`,
  );
}

/** To be asked under the row's lock: whoever puts an upload to use locks the row as well. */
export async function isInUse(tx: Transaction, id: string): Promise<boolean> {
  const [row] = await tx.query<{ used: boolean }>(`SELECT ${IN_USE} AS used FROM upload WHERE id = $1`, [id]);
  return row?.used === true;
}

/** Whether a submitted order holds it as evidence. To be asked under the row's lock: a submission locks the row as well. */
export async function isInOrder(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM attestation_file f JOIN attestation a ON a.id = f.attestation_id
      WHERE f.upload_id = $1 AND a.state <> 'DRAFT' LIMIT 1`,
    [id],
  );
  return rows.length > 0;
}

const IN_USE = `(EXISTS (SELECT 1 FROM work_file f WHERE f.upload_id = upload.id)
              OR EXISTS (SELECT 1 FROM attestation_file f WHERE f.upload_id = upload.id))`;

function fromRecord(row: UploadRecord): Upload {
  return { ...row, size: Number(row.size), receivedBytes: Number(row.receivedBytes) };
}
