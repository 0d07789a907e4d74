// SPDX-License-Identifier: Apache-2.0
// Right holders as orders need them: those that are chosen now, and those of the versions that were submitted.
import type { Vault } from '../crypto/vault.ts';
import type { Db, Transaction } from '../db/database.ts';
import { holdRows } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { documentStateOf } from './list-holders.ts';
import { type Owner, ownedBy } from './owner.ts';
import type { HolderRole, HolderView } from './right-holders.schema.ts';
import { CURRENT, openContent } from './right-holders.store.ts';

export interface ChosenHolder {
  versionId: string;
  roles: readonly HolderRole[];
  documentType: HolderView['documentType'];
  documentState: HolderView['documentState'];
  isSelf: boolean;
  /** In clear: looked at, never kept. */
  name: string;
  nameMasked: string;
  numberMasked: string;
  /** County of their address, six digits of GB/T 2260. */
  region: string;
}

export interface ShownHolder {
  rightHolderId: string;
  name: string;
  documentNumber: string;
}

export interface ListedHolder {
  id: string;
  roles: HolderRole[];
  nameMasked: string;
  numberMasked: string;
  documentState: HolderView['documentState'];
}

export interface Wanted {
  /** Whose order it is: the entries of others are not shown. */
  owner: Owner;
  ids: readonly string[];
  versionIds: readonly string[];
  isMasked: boolean;
}

export interface ChosenHolders {
  /** The owner's own among these, by id, without archived ones; none of them changes before the transaction ends. */
  choose(tx: Transaction, owner: Owner, ids: readonly string[]): Promise<Map<string, ChosenHolder>>;
  /** As they are now, or as they were in these versions; names in full unless `isMasked`. Numbers are always masked. */
  show(db: Db, wanted: Wanted): Promise<ShownHolder[]>;
  /** All that can be chosen, masked, the newest first. */
  list(db: Db, owner: Owner): Promise<ListedHolder[]>;
  /** As it was in this version. */
  fullName(versionId: string): Promise<string>;
}

export function createChosenHolders(database: { prisma: Db }, vault: Vault): ChosenHolders {
  return {
    async choose(tx, owner, ids) {
      await holdRows(tx, 'right-holder', ids);
      const rows = await tx.prisma.rightHolder.findMany({
        where: { id: { in: [...ids] }, archivedAt: null, ...ownedBy(owner) },
        include: CURRENT,
      });
      return new Map(
        rows.flatMap(({ id, versions: [current] }) => (current ? [[id, chosenOf(vault, current)] as const] : [])),
      );
    },

    async show(db, { owner, ids, versionIds, isMasked }) {
      const isWanted = versionIds.length > 0 ? { id: { in: [...versionIds] } } : { supersededAt: null };
      const rows = await db.rightHolderVersion.findMany({
        where: { rightHolder: { id: { in: [...ids] }, ...ownedBy(owner) }, ...isWanted },
      });
      return rows.map((row) => ({
        rightHolderId: row.rightHolderId,
        name: isMasked ? row.nameMasked : openContent(vault, row).name,
        documentNumber: row.numberMasked,
      }));
    },

    async list(db, owner) {
      const rows = await db.rightHolder.findMany({
        where: { archivedAt: null, ...ownedBy(owner) },
        include: CURRENT,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      });
      return rows.flatMap(({ id, versions }) =>
        versions.map(({ roles, nameMasked, numberMasked, validUntil }) => ({
          ...{ id, roles, nameMasked, numberMasked },
          documentState: documentStateOf(validUntil),
        })),
      );
    },

    async fullName(id) {
      const row = await database.prisma.rightHolderVersion.findUnique({ where: { id } });
      if (!row) throw new DomainError('internal', { reason: 'right-holder-missing' });
      return openContent(vault, row).name;
    },
  };
}

type Current = Parameters<typeof openContent>[1] & {
  roles: HolderRole[];
  documentType: HolderView['documentType'];
  validUntil: Date | null;
  isSelf: boolean;
  nameMasked: string;
  numberMasked: string;
};

function chosenOf(vault: Vault, current: Current): ChosenHolder {
  const { id: versionId, roles, documentType, validUntil, isSelf, nameMasked, numberMasked } = current;
  const { name, region } = openContent(vault, current);
  const documentState = documentStateOf(validUntil);
  return { versionId, roles, documentType, documentState, isSelf, name, nameMasked, numberMasked, region };
}
