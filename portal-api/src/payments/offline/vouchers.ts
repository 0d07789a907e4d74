// SPDX-License-Identifier: Apache-2.0
// 凭证: what shows that money moved: a paper kept encrypted.
import type { Vault } from '../../crypto/vault.ts';
import type { Database, Db, Transaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { holdRows } from '../../db/row-locks.sql.ts';
import { DomainError, refuseFields } from '../../errors.ts';
import { paperTypeOf } from '../../papers.ts';
import type { StoredKind } from '../../storage/stored-kind.ts';
import { payerContext } from './booking.ts';

const contextOf = (id: string): string => `offline_voucher:${id}`;

/** Throws `voucher-invalid`. Answers its id. */
export async function keepVoucher(db: Db, vault: Vault, accountId: string, bytes: Buffer): Promise<string> {
  const mediaType = await paperTypeOf(bytes);
  if (!mediaType) throw new DomainError('voucher-invalid');
  const id = newId();
  const cipher = vault.encrypt(bytes, contextOf(id));
  await db.offlineVoucher.create({ data: { id, accountId, mediaType, cipher } });
  return id;
}

/** Names the field unless the voucher is theirs; nobody removes it before the transaction ends. */
export async function holdVoucher(tx: Transaction, accountId: string, id: string): Promise<void> {
  await holdRows(tx, 'offline-voucher', [id]);
  const isTheirs = (await tx.prisma.offlineVoucher.count({ where: { id, accountId } })) > 0;
  refuseFields(isTheirs ? [] : [{ field: 'voucherId', code: 'not-found' }]);
}

/** Of a booking. Throws `booking-not-found`, and `file-not-found` for one without a voucher. */
export async function readVoucher(db: Db, vault: Vault, bookingId: string) {
  const booking = await db.offlineBooking.findUnique({ where: { id: bookingId }, include: { voucher: true } });
  if (!booking) throw new DomainError('booking-not-found');
  const { voucher, reference } = booking;
  if (!voucher) throw new DomainError('file-not-found');
  const { id, mediaType, cipher } = voucher;
  return { mediaType, name: `${reference}.${mediaType.split('/')[1]}`, bytes: vault.decrypt(cipher, contextOf(id)) };
}

export function storedVouchers({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'offline-voucher',
    async list(after, limit) {
      const rows = await prisma.offlineVoucher.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.offlineVoucher.findUnique({ where: { id } });
      return row ? [vault.decrypt(row.cipher, contextOf(id))] : undefined;
    },
  };
}

export function storedBookings({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'offline-booking',
    async list(after, limit) {
      const rows = await prisma.offlineBooking.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.offlineBooking.findUnique({ where: { id } });
      return row
        ? [row.payerCipher].flatMap((cipher) => (cipher ? [vault.decrypt(cipher, payerContext(id))] : []))
        : undefined;
    },
  };
}

function page(after: string, limit: number) {
  return { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
}
