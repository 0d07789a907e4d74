// SPDX-License-Identifier: Apache-2.0
// Versions of pages: read, and added one after the other.
import { lockUntilCommit } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Page, PageForm, PageSummary, StaffPage } from './pages.schema.ts';
import { isAgreement, PAGE_SLUGS, type PageSlug, type PageTexts } from './pages.ts';

/** The newest version of each, in the order of the list. */
export async function listPages({ prisma }: Database): Promise<(PageSummary & { savedBy: string | null })[]> {
  const rows = await prisma.pageVersion.findMany({
    distinct: ['slug'],
    orderBy: [{ slug: 'asc' }, { version: 'desc' }],
    select: { slug: true, titleZh: true, titleEn: true, ...FACTS },
  });
  return PAGE_SLUGS.flatMap((slug) => {
    const row = rows.find((each) => each.slug === slug);
    return row ? [{ slug, ...factsOf(row), titles: { zh: row.titleZh, en: row.titleEn } }] : [];
  });
}

/** As visitors read it. Throws `page-not-found`, also for an old version of a page that nobody agrees to. */
export async function readPage(db: Database, slug: PageSlug, version?: number): Promise<Page> {
  const rows = await versionsOf(db, slug);
  const readable = isAgreement(slug) ? rows : rows.slice(0, 1);
  const found = readable.find((row) => version === undefined || row.version === version);
  if (!found) throw new DomainError('page-not-found');
  return {
    slug,
    version: found.version,
    savedAt: found.savedAt.toISOString(),
    ...(await textsOf(db, slug, found.version)),
    versions: readable.map((row) => ({ version: row.version, savedAt: row.savedAt.toISOString() })),
  };
}

/** With everything that was saved before. Throws `page-not-found`. */
export async function readForStaff(db: Database, slug: PageSlug, version?: number): Promise<StaffPage> {
  const rows = await versionsOf(db, slug);
  const [newest] = rows;
  const found = version === undefined ? newest : rows.find((row) => row.version === version);
  if (!found || !newest) throw new DomainError('page-not-found');
  return {
    slug,
    version: found.version,
    savedAt: found.savedAt.toISOString(),
    ...(await textsOf(db, slug, found.version)),
    newest: newest.version,
    history: rows.map(({ note, ...row }) => ({ ...factsOf(row), note })),
  };
}

/** Adds the next version. Throws `version-conflict` when somebody saved one meanwhile. */
export async function savePage(
  db: Database,
  { slug, staffId }: { slug: PageSlug; staffId: string },
  { basedOn, zh, en, note }: PageForm,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUntilCommit(tx.prisma, 'pages');
    const newest = await tx.prisma.pageVersion.findFirst({
      where: { slug },
      orderBy: { version: 'desc' },
      select: { version: true },
    });
    if (newest?.version !== basedOn) throw new DomainError('version-conflict', { version: newest?.version ?? 0 });
    const version = basedOn + 1;
    await tx.prisma.pageVersion.create({
      data: {
        ...{ slug, version, note, savedBy: staffId },
        ...{ titleZh: zh.title, bodyZh: zh.body, titleEn: en.title, bodyEn: en.body },
      },
    });
    tx.record({ actor: `account:${staffId}`, action: 'page.save', subject: `page:${slug}`, detail: { version } });
  });
}

const FACTS = {
  version: true,
  savedAt: true,
  saver: { select: { userNumber: true } },
} as const satisfies Prisma.PageVersionSelect;

function versionsOf({ prisma }: Database, slug: PageSlug) {
  return prisma.pageVersion.findMany({
    where: { slug },
    orderBy: { version: 'desc' },
    select: { ...FACTS, note: true },
  });
}

function factsOf({ version, savedAt, saver }: Prisma.PageVersionGetPayload<{ select: typeof FACTS }>) {
  return { version, savedAt: savedAt.toISOString(), savedBy: saver ? `ID${saver.userNumber}` : null };
}

async function textsOf({ prisma }: Database, slug: PageSlug, version: number): Promise<PageTexts> {
  const row = await prisma.pageVersion.findUniqueOrThrow({ where: { slug_version: { slug, version } } });
  return { zh: { title: row.titleZh, body: row.bodyZh }, en: { title: row.titleEn, body: row.bodyEn } };
}
