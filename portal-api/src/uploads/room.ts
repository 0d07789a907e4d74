// SPDX-License-Identifier: Apache-2.0
// Room on the disk. Uploads leave a reserve free, so that the database, its backups and the logs go on when uploads have
// taken all they may; and an upload gets its room when it is created, so that it cannot run out of it halfway.
import { statfs } from 'node:fs/promises';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { UploadsContext } from './upload.ts';

/** Seconds: room comes back when somebody deletes, or when uploads expire. */
const RETRY_AFTER = 60;
/** Header, tail, folder and the overhead of each chunk, at most. */
const OVERHEAD_BYTES = 65_536;

type Disk = Pick<UploadsContext, 'folder' | 'limits' | 'copies'>;

/** Bytes that uploads may still take; negative when the reserve is touched. */
export async function freeForUploads({ folder, limits }: Pick<Disk, 'folder' | 'limits'>): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize - limits.reserveBytes;
}

/** Throws `store-unavailable` unless this upload fits beside what the unfinished ones may still take. Callers hold `ROOM_LOCK`. */
export async function reserveRoom(tx: Transaction, disk: Disk, size: number): Promise<void> {
  const [unfinished] = await tx.query<{ bytes: string }>(
    `SELECT coalesce(sum($1 * declared_size - received_bytes + $2), 0) AS bytes FROM upload WHERE state = 'RECEIVING'`,
    [disk.copies, OVERHEAD_BYTES],
  );
  const wanted = disk.copies * size + OVERHEAD_BYTES;
  if ((await freeForUploads(disk)) < Number(unfinished?.bytes) + wanted) throw noRoom();
}

/** Throws `store-unavailable` unless so many bytes fit now: others have used the disk since the upload was created. */
export async function requireRoom(disk: Disk, bytes: number): Promise<void> {
  if ((await freeForUploads(disk)) < bytes) throw noRoom();
}

/** One creation at a time: two at once would take the same room. */
export const ROOM_LOCK = `SELECT pg_advisory_xact_lock(hashtext('inkseal upload room'))`;

/** Throws `upload-limit-reached` when the account has too much unfinished, or too much that no paid order holds. */
export async function requireQuota(
  tx: Transaction,
  { limits }: Pick<Disk, 'limits'>,
  { accountId, isVerified, size }: { accountId: string; isVerified: boolean; size: number },
): Promise<void> {
  const quota = isVerified ? limits.verified : limits.unverified;
  const [held] = await tx.query<Record<'unfinished' | 'unfinishedBytes' | 'unused' | 'unusedBytes', string>>(HELD, [
    accountId,
  ]);
  const refuse = (limit: string) => {
    throw new DomainError('upload-limit-reached', { limit });
  };
  if (!held || Number(held.unfinished) >= quota.unfinishedFiles) refuse('unfinished-files');
  if (Number(held?.unfinishedBytes) + size > quota.unfinishedBytes) refuse('unfinished-bytes');
  if (Number(held?.unused) >= quota.unusedFiles) refuse('unused-files');
  if (Number(held?.unusedBytes) + size > quota.unusedBytes) refuse('unused-bytes');
}

/** A work that is only saved costs its owner nothing, so its files count as unused until an order of it is paid. */
const HELD = `
  SELECT count(*) FILTER (WHERE state = 'RECEIVING') AS unfinished,
         coalesce(sum(declared_size) FILTER (WHERE state = 'RECEIVING'), 0) AS "unfinishedBytes",
         count(*) FILTER (WHERE state = 'COMPLETE') AS unused,
         coalesce(sum(declared_size) FILTER (WHERE state = 'COMPLETE'), 0) AS "unusedBytes"
    FROM upload WHERE account_id = $1 AND state IN ('RECEIVING', 'COMPLETE')
     AND NOT EXISTS (SELECT FROM attestation_file f JOIN attestation a ON a.id = f.attestation_id
                      WHERE f.upload_id = upload.id AND a.paid_at IS NOT NULL)`;

export function noRoom(): DomainError {
  return new DomainError('store-unavailable', { reason: 'no-room' }, { retryAfter: RETRY_AFTER });
}

/** Runs `work` in the transaction that a creation needs. */
export function withRoomLock<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.query(ROOM_LOCK);
    return work(tx);
  });
}
