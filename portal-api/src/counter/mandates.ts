// SPDX-License-Identifier: Apache-2.0
// The signed 授权委托书, kept as it came and encrypted; its first bytes say what it is.
import { fileTypeFromBuffer } from 'file-type';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { StoredKind } from '../storage/stored-kind.ts';

export const MANDATE_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export const MAX_MANDATE_BYTES = 10 * 1024 * 1024;

const contextOf = (id: string): string => `counter_mandate:${id}`;

/** Answers its id. Throws `unsupported-media-type` for what its bytes do not show to be one of the types. */
export async function keepMandate(db: Db, vault: Vault, accountId: string, bytes: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const mediaType = MANDATE_TYPES.find((each) => each === found?.mime);
  if (!mediaType) throw new DomainError('unsupported-media-type');
  const id = newId();
  await db.counterMandate.create({ data: { id, accountId, mediaType, cipher: vault.encrypt(bytes, contextOf(id)) } });
  return id;
}

/** Names the field unless the document is theirs and for no other order yet. Nobody removes or takes it before the transaction ends. */
export async function holdMandate(tx: Transaction, accountId: string, id: string): Promise<void> {
  await lockRow(tx, 'counter-mandate', id);
  const row = await tx.prisma.counterMandate.findFirst({ where: { id, accountId }, include: { filing: true } });
  refuseFields(row ? [] : [{ field: 'mandateId', code: 'not-found' }]);
  refuseFields(row?.filing ? [{ field: 'mandateId', code: 'duplicate' }] : []);
}

/** Of a filing. Throws `file-not-found`, also for one that was erased. */
export async function readMandate(db: Db, vault: Vault, filingId: string) {
  const filing = await db.counterFiling.findUnique({ where: { id: filingId }, include: { mandate: true } });
  if (!filing?.mandate) throw new DomainError('file-not-found');
  const { id, mediaType, cipher } = filing.mandate;
  return { mediaType, bytes: vault.decrypt(cipher, contextOf(id)) };
}

export function storedMandates({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'counter-mandate',
    async list(after, limit) {
      const page = { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
      return (await prisma.counterMandate.findMany({ ...page, select: { id: true } })).map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.counterMandate.findUnique({ where: { id } });
      return row ? [vault.decrypt(row.cipher, contextOf(id))] : undefined;
    },
  };
}
