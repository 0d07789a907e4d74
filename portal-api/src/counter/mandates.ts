// SPDX-License-Identifier: Apache-2.0
// The signed 授权委托书, a paper kept encrypted.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { paperTypeOf } from '../papers.ts';
import type { StoredKind } from '../storage/stored-kind.ts';

const contextOf = (id: string): string => `counter_mandate:${id}`;

/** Answers its id. Throws `unsupported-media-type` for anything but a paper. */
export async function keepMandate(db: Db, vault: Vault, accountId: string, bytes: Buffer): Promise<string> {
  const mediaType = await paperTypeOf(bytes);
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
