// SPDX-License-Identifier: Apache-2.0
// Room on the disk. Uploads leave a reserve free, so that the database, its backups and the logs go on when uploads have
// taken all they may; and an upload gets its room when it is created, so that it cannot run out of it halfway.
import { statfs } from 'node:fs/promises';
import { lockTextUntilCommit, lockUntilCommit } from '../db/advisory-lock.ts';
import type { Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { STORED_STATES, type UploadState, type UploadsContext } from './upload.ts';

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

/**
 * Throws `store-unavailable` unless this upload fits beside what the unfinished ones may still take. Until the transaction
 * ends others wait here, whoever they are: two at once would take the same room.
 */
export async function reserveRoom({ prisma }: Transaction, disk: Disk, size: number): Promise<void> {
  await lockUntilCommit(prisma, 'uploadRoom');
  const { _sum, _count } = await prisma.upload.aggregate({
    where: { state: 'RECEIVING' },
    _sum: { declaredSize: true, receivedBytes: true },
    _count: true,
  });
  // What has arrived is on the disk once.
  const onDisk = disk.copies === 0 ? 0 : Number(_sum.receivedBytes);
  const unfinished = disk.copies * Number(_sum.declaredSize) - onDisk + OVERHEAD_BYTES * _count;
  const wanted = disk.copies * size + OVERHEAD_BYTES;
  if ((await freeForUploads(disk)) < unfinished + wanted) throw noRoom();
}

/** Throws `store-unavailable` unless so many bytes fit now: others have used the disk since the upload was created. */
export async function requireRoom(disk: Disk, bytes: number): Promise<void> {
  if ((await freeForUploads(disk)) < bytes) throw noRoom();
}

/**
 * Throws `upload-limit-reached` when the account has too much unfinished, or too much that no paid order holds. Until the
 * transaction ends others of the account wait here. To be asked before room is reserved: with many uploads it takes a while.
 */
export async function requireQuota(
  { prisma }: Transaction,
  { limits }: Pick<Disk, 'limits'>,
  { accountId, isVerified, size }: { accountId: string; isVerified: boolean; size: number },
): Promise<void> {
  await lockTextUntilCommit(prisma, 'uploadQuota', accountId);
  const quota = isVerified ? limits.verified : limits.unverified;
  // A work that is only saved costs its owner nothing, so its files count as unused until an order of it is paid.
  const isUnpaid = { attestationFiles: { none: { attestation: { paidAt: { not: null } } } } };
  const held = await prisma.upload.groupBy({
    by: 'state',
    where: { accountId, state: { in: ['RECEIVING', ...STORED_STATES] }, ...isUnpaid },
    _count: true,
    _sum: { declaredSize: true },
  });
  const heldIn = (states: readonly UploadState[]) => {
    const those = held.filter(({ state }) => states.includes(state));
    const bytes = those.reduce((sum, { _sum }) => sum + Number(_sum.declaredSize ?? 0), 0);
    return { files: those.reduce((sum, { _count }) => sum + _count, 0), bytes };
  };
  const [unfinished, unused] = [heldIn(['RECEIVING']), heldIn(STORED_STATES)];
  const refuse = (limit: string) => {
    throw new DomainError('upload-limit-reached', { limit });
  };
  if (unfinished.files >= quota.unfinishedFiles) refuse('unfinished-files');
  if (unfinished.bytes + size > quota.unfinishedBytes) refuse('unfinished-bytes');
  if (unused.files >= quota.unusedFiles) refuse('unused-files');
  if (unused.bytes + size > quota.unusedBytes) refuse('unused-bytes');
}

export function noRoom(): DomainError {
  return new DomainError('store-unavailable', { reason: 'no-room' }, { retryAfter: RETRY_AFTER });
}
