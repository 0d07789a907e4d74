// SPDX-License-Identifier: Apache-2.0
// Lists and single entries as their owner sees them. Names are encrypted, so a search opens the owner's entries one page after
// the other until it has found enough: there are at most MAX_HOLDERS.
import { dayInChina } from '../china-time.ts';
import { maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../db/database.ts';
import { dateOf } from '../db/day.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor, type PageEnd } from '../http/cursor.ts';
import { cleanNumber } from '../http/text.ts';
import type { HolderContent } from './complete-holder.ts';
import { type Owner, ownedBy } from './owner.ts';
import type { HolderListQuery, HolderVersionView, HolderView } from './right-holders.schema.ts';
import { CURRENT, findHolder, type HolderRow, imagesOn, numberIndex, openContent } from './right-holders.store.ts';

const SORT = '-createdAt';
const ROWS_AT_ONCE = 200;
const EXPIRING_DAYS = 30;
const MAX_VERSIONS = 100;
const DAY_MS = 86_400_000;

export interface HolderReader {
  find(owner: Owner, id: string): Promise<HolderView>;
  list(owner: Owner, query: HolderListQuery): Promise<{ items: HolderView[]; next: string | null }>;
  /** The newest first. */
  versions(owner: Owner, id: string): Promise<HolderVersionView[]>;
}

export function createHolderReader(db: Database, vault: Vault): HolderReader {
  return {
    find: async (owner, id) => {
      const row = await findHolder(db, owner, id);
      return viewOf({ row, content: openContent(vault, row.current) });
    },

    async list(owner, { search, cursor, limit, ...filters }) {
      const isFound = finderOf(vault, owner, search);
      const take = search ? ROWS_AT_ONCE : limit + 1;
      const found: OpenedRow[] = [];
      let after = cursor === undefined ? undefined : decodeCursor({ sort: SORT, type: 'timestamptz' }, cursor);
      for (;;) {
        const rows = await readRows(db.prisma, { where: whereOf(owner, filters), after, take });
        // Opening a row costs more than reading it: no more of them than the page needs.
        for (const row of rows) {
          if (found.length > limit) break;
          const content = openContent(vault, row.current);
          if (isFound(row, content)) found.push({ row, content });
        }
        const last = rows.at(-1);
        if (rows.length < take || !last || found.length > limit) break;
        after = endOf(last);
      }
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? encodeCursor(SORT, endOf(last.row)) : null;
      return { items: page.map(viewOf), next };
    },

    async versions(owner, id) {
      await findHolder(db, owner, id);
      const rows = await db.prisma.rightHolderVersion.findMany({
        where: { rightHolderId: id },
        orderBy: { version: 'desc' },
        take: MAX_VERSIONS + 1,
      });
      const opened = rows.map((row) => ({ row, content: openContent(vault, row) }));
      return opened.slice(0, MAX_VERSIONS).map(({ row, content }, place) => ({
        version: row.version,
        savedAt: row.savedAt.toISOString(),
        name: content.name,
        documentNumber: row.numberMasked,
        declaration: row.declaration,
        changed: changesOf({ row, content }, opened[place + 1]),
      }));
    },
  };
}

interface OpenedRow {
  row: HolderRow;
  content: HolderContent;
}

function finderOf(
  vault: Vault,
  owner: Owner,
  search: string | undefined,
): (row: HolderRow, content: HolderContent) => boolean {
  if (!search) return () => true;
  const wanted = search.toLowerCase();
  const index = numberIndex(vault, owner, cleanNumber(search).toUpperCase());
  return (row, { name }) => index.equals(Buffer.from(row.numberIndex)) || name.toLowerCase().includes(wanted);
}

function whereOf(
  owner: Owner,
  { role, nature, state, isArchived }: Omit<HolderListQuery, 'search' | 'cursor' | 'limit'>,
) {
  const current: Prisma.RightHolderVersionWhereInput = {
    supersededAt: null,
    ...(role && { roles: { has: role } }),
    ...(nature && { nature }),
    ...(state && { AND: [endsIn(state)] }),
  };
  return {
    ...ownedBy(owner),
    archivedAt: isArchived === 'true' ? { not: null } : null,
    versions: { some: current },
  } satisfies Prisma.RightHolderWhereInput;
}

function endsIn(state: HolderView['documentState']): Prisma.RightHolderVersionWhereInput {
  const [today, soon] = borders();
  if (state === 'EXPIRED') return { validUntil: { lt: today } };
  if (state === 'EXPIRING') return { validUntil: { gte: today, lte: soon } };
  return { OR: [{ validUntil: null }, { validUntil: { gt: soon } }] };
}

/** A document is valid through its last day. */
export function documentStateOf(validUntil: Date | null): HolderView['documentState'] {
  const [today, soon] = borders();
  if (validUntil === null || validUntil > soon) return 'VALID';
  return validUntil < today ? 'EXPIRED' : 'EXPIRING';
}

function borders(): [today: Date, soon: Date] {
  const today = dateOf(dayInChina());
  return [today, new Date(today.getTime() + EXPIRING_DAYS * DAY_MS)];
}

async function readRows(
  db: Db,
  { where, after, take }: { where: Prisma.RightHolderWhereInput; after: PageEnd | undefined; take: number },
): Promise<HolderRow[]> {
  const at = after && new Date(after.key);
  const isLater = at && after ? { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: after.id } }] } : {};
  const rows = await db.rightHolder.findMany({
    where: { AND: [where, isLater] },
    include: CURRENT,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
  });
  return rows.flatMap(({ versions: [current], ...row }) => (current ? [{ ...row, current }] : []));
}

const endOf = ({ createdAt, id }: HolderRow): PageEnd => ({ key: createdAt.toISOString(), id });

function viewOf({ row, content }: OpenedRow): HolderView {
  const { current } = row;
  return {
    id: row.id,
    version: row.version,
    isSelf: current.isSelf,
    roles: current.roles,
    nature: current.nature,
    name: content.name,
    documentType: current.documentType,
    documentNumber: current.numberMasked,
    contactPhone: maskPhone(content.contactPhone),
    region: content.region,
    validUntil: current.validUntil?.toISOString().slice(0, 10) ?? null,
    documentState: documentStateOf(current.validUntil),
    isCodeUnchecked: content.isCodeUnchecked,
    isArchived: row.archivedAt !== null,
    createdAt: row.createdAt.toISOString(),
    savedAt: current.savedAt.toISOString(),
  };
}

interface Opened {
  row: HolderRow['current'];
  content: HolderContent;
}

/** By the names of the form's fields. */
function changesOf(after: Opened, before: Opened | undefined): string[] {
  if (!before) return [];
  const sides = ({ row, content }: Opened): Record<string, unknown> => {
    const { front, back, licence, permit } = imagesOn(row);
    const { roles, nature, documentType, isSelf } = row;
    const { isCodeUnchecked: _, ...fields } = content;
    const images = { frontImageId: front, backImageId: back, licenceImageId: licence, permitImageId: permit };
    return { ...fields, roles, nature, documentType, isSelf, ...images };
  };
  const old = sides(before);
  return Object.entries(sides(after)).flatMap(([field, value]) =>
    JSON.stringify(value) === JSON.stringify(old[field]) ? [] : [field],
  );
}
