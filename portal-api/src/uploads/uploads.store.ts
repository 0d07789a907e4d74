// SPDX-License-Identifier: Apache-2.0
// The rows of uploads.
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Upload as UploadRow } from '../generated/prisma/client.ts';
import { pictureFaultSchema } from '../pictures.ts';
import { requireQuota, reserveRoom } from './room.ts';
import { isStored, STORED_STATES, type Upload, type UploadsContext } from './upload.ts';
import type { UploadLock } from './upload-locks.ts';

type Reader = Pick<Database, 'prisma'> | Transaction;

export async function findUpload({ prisma }: Reader, id: string): Promise<Upload | undefined> {
  const row = await prisma.upload.findUnique({ where: { id } });
  return row ? fromRow(row) : undefined;
}

/** For the account that sent it, and only while it belongs to the organisation, if any, whose work or order has taken it. */
export async function findSentUpload(
  { prisma }: Reader,
  { id, accountId }: Pick<Upload, 'id' | 'accountId'>,
): Promise<Upload | undefined> {
  const row = await prisma.upload.findUnique({ where: { id, accountId } });
  // Nothing takes what is not stored yet. Each piece that arrives asks, and PostgreSQL needs milliseconds to plan the rest.
  if (!row || !isStored(row.state)) return row ? fromRow(row) : undefined;
  const hasLeft = { organisation: { members: { none: { accountId, removedAt: null } } } };
  const isTaken = [
    { workFiles: { some: { work: hasLeft } } },
    { attestationFiles: { some: { attestation: hasLeft } } },
    { registrationFiles: { some: { registration: hasLeft } } },
    { rightsEventFiles: { some: { rightsEvent: hasLeft } } },
    { versionRequestFiles: { some: { request: { registration: hasLeft } } } },
    { objectionFiles: { some: { objection: hasLeft } } },
  ];
  const hasItLeft = (await prisma.upload.count({ where: { id, OR: isTaken } })) > 0;
  return hasItLeft ? undefined : fromRow(row);
}

/** Throws `file-not-found`: for a file that a record names. */
export async function requireUpload(db: Reader, id: string): Promise<Upload> {
  const upload = await findUpload(db, id);
  if (!upload) throw new DomainError('file-not-found');
  return upload;
}

/** Those whose bytes may still be needed. */
export async function unfinishedUploads({ prisma }: Reader): Promise<string[]> {
  const where = { state: 'RECEIVING' as const };
  const rows = await prisma.upload.findMany({ where, orderBy: { id: 'asc' }, select: { id: true } });
  return rows.map(({ id }) => id);
}

export type NewUpload = Pick<Upload, 'id' | 'accountId' | 'name' | 'size' | 'keyId'> & {
  wrappedKey: Uint8Array<ArrayBuffer>;
  expectedSha256: Uint8Array<ArrayBuffer> | null;
  /** The member's real name is verified. */
  isVerified: boolean;
  /** Of the request that makes the upload. */
  lock: Pick<UploadLock, 'generation' | 'until'>;
};

/** Adds the row, which reserves its room; throws `upload-limit-reached` or `store-unavailable` when there is none. */
export function insertUpload(
  context: Pick<UploadsContext, 'db' | 'folder' | 'limits' | 'copies'>,
  upload: NewUpload,
): Promise<Upload> {
  const { db, limits } = context;
  return db.transaction(async (tx) => {
    await requireQuota(tx, context, upload);
    await reserveRoom(tx, context, upload.size);
    const { id, accountId, name, size, keyId, wrappedKey, expectedSha256 } = upload;
    const expiresAt = new Date(Date.now() + limits.unfinishedMs);
    const lock = { lockGeneration: upload.lock.generation, lockUntil: upload.lock.until };
    const data = { id, accountId, name, declaredSize: size, keyId, wrappedKey, expectedSha256, expiresAt, ...lock };
    return fromRow(await tx.prisma.upload.create({ data }));
  });
}

/** Notes when the first byte came. Later calls change nothing. */
export async function noteFirstByte({ prisma }: Database, id: string, at: Date): Promise<void> {
  await prisma.upload.updateMany({ where: { id, firstByteAt: null }, data: { firstByteAt: at } });
}

/** Ids of uploads whose time is over: unfinished ones, and finished ones that nothing uses. */
export function expiredUploads({ prisma }: Reader): Promise<{ id: string }[]> {
  return prisma.upload.findMany({
    where: { expiresAt: { lt: new Date() }, state: { in: ['RECEIVING', ...STORED_STATES] }, ...UNUSED },
    select: { id: true },
  });
}

/** To be asked under the row's lock: whoever puts an upload to use locks the row as well. */
export async function isInUse({ prisma }: Transaction, id: string): Promise<boolean> {
  return (await prisma.upload.count({ where: { id, NOT: UNUSED } })) > 0;
}

/** Whether a submitted order, or an event of a work's rights, holds it as evidence. To be asked under the row's lock: a submission locks the row as well. */
export async function isInOrder({ prisma }: Transaction, id: string): Promise<boolean> {
  const isSubmitted = { state: { not: 'DRAFT' as const } };
  const uses = [
    { attestationFiles: { some: { attestation: isSubmitted } } },
    { registrationFiles: { some: { registration: isSubmitted } } },
    { rightsEventFiles: { some: {} } },
    { versionRequestFiles: { some: {} } },
    { objectionFiles: { some: {} } },
  ];
  return (await prisma.upload.count({ where: { id, OR: uses } })) > 0;
}

const UNUSED = {
  workFiles: { none: {} },
  attestationFiles: { none: {} },
  registrationFiles: { none: {} },
  rightsEventFiles: { none: {} },
  versionRequestFiles: { none: {} },
  objectionFiles: { none: {} },
};

function fromRow({ declaredSize, receivedBytes, sha256, sm3, pictureFault, ...row }: UploadRow): Upload {
  return {
    ...row,
    size: Number(declaredSize),
    receivedBytes: Number(receivedBytes),
    sha256: sha256 && Buffer.from(sha256),
    sm3: sm3 && Buffer.from(sm3),
    pictureFault: pictureFaultSchema.nullable().parse(pictureFault),
  };
}
