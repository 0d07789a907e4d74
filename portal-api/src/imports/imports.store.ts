// SPDX-License-Identifier: Apache-2.0
// Rows that were imported, found again by keyed digests of their ids (a certificate by its number) and of all that they said.
import { createAccountStore, hashPassword } from '../accounts/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { identityFormSchema, keepForm } from '../identity/index.ts';
import type { CertificateRow, Kind, MemberRow, WorkRow } from './formats.ts';
import { certificateAdder } from './import-certificate.ts';
import type { Outcome } from './outcome.ts';
import type { SourceRow } from './read-rows.ts';

/** Nobody has agreed to anything yet: the portal asks at the first visit. */
const NOT_AGREED = { termsVersion: 0, privacyVersion: 0 };

interface Item<Row> {
  row: Row;
  source: SourceRow;
}

export interface ImportStore {
  memberOf(db: Db, id: string): Promise<string | undefined>;
  accountOf(db: Db, phone: string): Promise<string | undefined>;
  /** Inside the caller's transaction; `isDry` writes nothing. */
  addMember(tx: Transaction, item: Item<MemberRow>, isDry: boolean): Promise<Outcome>;
  addWork(tx: Transaction, item: Item<WorkRow>, isDry: boolean): Promise<Outcome>;
  addCertificate(tx: Transaction, item: Item<CertificateRow>, isDry: boolean): Promise<Outcome>;
}

/** `folder`: where the files lie that rows name. */
export function createImportStore(db: Database, vault: Vault, folder: string): ImportStore {
  const accounts = createAccountStore(db, vault);
  const sourceIndex = (kind: Kind, id: string) => vault.blindIndex('import', `${kind}:${id}`);
  const contentIndex = ({ values }: Pick<SourceRow, 'values'>) =>
    vault.blindIndex(
      'import-row',
      JSON.stringify(
        Object.entries(values)
          .filter(([, text]) => text !== '')
          .toSorted(),
      ),
    );
  const known = async ({ prisma }: Transaction, kind: Kind, { row, source }: Item<{ id: string }>) => {
    const found = await prisma.importedRow.findUnique({ where: { sourceIndex: sourceIndex(kind, row.id) } });
    if (!found) return undefined;
    return contentIndex(source).equals(found.contentIndex) ? 'unchanged' : 'row-changed';
  };
  const note = ({ prisma }: Transaction, kind: Kind, { row, source }: Item<{ id: string }>, target: object) =>
    prisma.importedRow.create({
      data: { sourceIndex: sourceIndex(kind, row.id), contentIndex: contentIndex(source), ...target },
    });
  const memberOf = async (from: Db, id: string) => {
    const row = await from.importedRow.findUnique({ where: { sourceIndex: sourceIndex('members', id) } });
    return row?.accountId ?? undefined;
  };
  const accountOf = async (from: Db, phone: string) => {
    const where = { phoneIndex: vault.blindIndex('phone', phone) };
    return (await from.account.findUnique({ where, select: { id: true } }))?.id;
  };
  // Of a password that nobody has: the member sets one with a code to the telephone.
  let locked: Promise<string> | undefined;

  return {
    memberOf,
    accountOf,

    async addMember(tx, item, isDry) {
      const before = await known(tx, 'members', item);
      if (before) return before;
      const { phone, name = '', idNumber = '', email = '', address = '' } = item.row;
      const phoneIndex = vault.blindIndex('phone', phone);
      if ((await tx.prisma.account.count({ where: { phoneIndex } })) > 0) return 'phone-taken';
      if (isDry) return 'imported';
      locked ??= hashPassword(`${crypto.randomUUID()}${crypto.randomUUID()}`);
      const { id: accountId } = await accounts.insert(tx, { phone, passwordHash: await locked });
      await tx.prisma.account.updateMany({ where: { id: accountId }, data: NOT_AGREED });
      if (name || idNumber || email || address)
        await keepForm(tx.prisma, vault, {
          accountId,
          form: identityFormSchema.parse({ name, idNumber, email, address }),
        });
      await note(tx, 'members', item, { accountId });
      tx.record({ actor: 'system', action: 'account.import', subject: `account:${accountId}` });
      return 'imported';
    },

    async addWork(tx, item, isDry) {
      const before = await known(tx, 'works', item);
      if (before) return before;
      const accountId = await memberOf(tx.prisma, item.row.member);
      if (isDry) return 'imported';
      if (!accountId) return 'member-unknown';
      const { title, intro, creatorNature, publishCategory, workType, tags, completedOn } = item.row.form;
      const id = newId();
      const day = completedOn === null ? null : new Date(completedOn);
      const form = { title, intro, creatorNature, publishCategory, workType, tags: [...tags], completedOn: day };
      await tx.prisma.work.create({ data: { id, accountId, ...form }, select: { id: true } });
      await note(tx, 'works', item, { workId: id });
      tx.record({ actor: 'system', action: 'work.import', subject: `work:${id}` });
      return 'imported';
    },

    addCertificate: certificateAdder({ vault, folder, contentIndex, accountOf }),
  };
}
