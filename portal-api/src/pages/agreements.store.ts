// SPDX-License-Identifier: Apache-2.0
// Which versions of the terms of use and the privacy notice somebody agreed to: at registration, and of later ones since.
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Acceptance, Agreement } from './agreements.schema.ts';
import { AGREEMENTS, FIRST_VERSION } from './pages.ts';

type AgreementSlug = (typeof AGREEMENTS)[number];

/** The versions that somebody who registers now agrees to. */
export async function newestAgreements(db: Db): Promise<{ termsVersion: number; privacyVersion: number }> {
  const { terms, privacy } = await newestOfEach(db);
  return { termsVersion: terms?.version ?? FIRST_VERSION, privacyVersion: privacy?.version ?? FIRST_VERSION };
}

/** Of the terms of use and the privacy notice: the version agreed to last, and the newest. */
export async function agreementsOf(db: Db, accountId: string): Promise<Agreement[]> {
  const account = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    select: {
      consentAt: true,
      termsVersion: true,
      privacyVersion: true,
      agreements: { distinct: ['slug'], orderBy: [{ slug: 'asc' }, { version: 'desc' }] },
    },
  });
  const newest = await newestOfEach(db);
  const atRegistration = { terms: account.termsVersion, privacy: account.privacyVersion };
  return AGREEMENTS.flatMap((slug) => {
    const current = newest[slug];
    if (!current) return [];
    const later = account.agreements.find((each) => each.slug === slug);
    const accepted = later ?? { version: atRegistration[slug], acceptedAt: account.consentAt };
    return [
      {
        slug,
        accepted: { version: accepted.version, at: accepted.acceptedAt.toISOString() },
        current: { version: current.version, savedAt: current.savedAt.toISOString() },
      },
    ];
  });
}

/** Throws `version-conflict` when one of them is not the newest. What was agreed to before is left as it is. */
export async function acceptAgreements(db: Database, accountId: string, { agreements }: Acceptance): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await agreementsOf(tx.prisma, accountId);
    for (const { slug, version } of agreements) {
      const known = before.find((each) => each.slug === slug);
      if (known?.current.version !== version)
        throw new DomainError('version-conflict', { version: known?.current.version ?? 0 });
      if (known.accepted.version === version) continue;
      const row = { accountId, slug, version };
      const { count } = await tx.prisma.agreement.createMany({ data: [row], skipDuplicates: true });
      if (count === 0) continue;
      const subject = `account:${accountId}`;
      tx.record({ actor: subject, action: 'account.agree', subject, detail: { page: slug, version } });
    }
  });
}

async function newestOfEach({
  pageVersion,
}: Db): Promise<Partial<Record<AgreementSlug, { version: number; savedAt: Date }>>> {
  const rows = await pageVersion.findMany({
    where: { slug: { in: [...AGREEMENTS] } },
    distinct: ['slug'],
    orderBy: [{ slug: 'asc' }, { version: 'desc' }],
    select: { slug: true, version: true, savedAt: true },
  });
  return Object.fromEntries(rows.map(({ slug, ...row }) => [slug, row]));
}
