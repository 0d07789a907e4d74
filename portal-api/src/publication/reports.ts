// SPDX-License-Identifier: Apache-2.0
// 举报: what a visitor tells us about a public work. The words and the contact are encrypted.
import { violatedKey } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { reportFormSchema } from './publications.schema.ts';

type ReportForm = z.output<typeof reportFormSchema>;

/** A sender who reports many works at once must not keep staff from the others. */
const MAX_OPEN = 200;

export interface Report {
  publicationId: string;
  /** As `senderKey` counts it. */
  address: string;
}

/** Throws `publication-not-found` unless the work is public, `report-open` while an earlier report waits. */
export async function reportWork(
  { db, vault }: { db: Database; vault: Vault },
  { publicationId, address }: Report,
  { ground, text, contact }: ReportForm,
): Promise<void> {
  const id = newId();
  await db.transaction(async (tx) => {
    const where = { id: publicationId, state: 'PUBLISHED' as const };
    if ((await tx.prisma.publication.count({ where })) === 0) throw new DomainError('publication-not-found');
    const open = await tx.prisma.publicationReport.count({ where: { publicationId, state: 'OPEN' } });
    if (open >= MAX_OPEN) throw new DomainError('report-open');
    const data = {
      id,
      publicationId,
      reason: ground,
      cipher: vault.encrypt(JSON.stringify({ text, contact }), reportContext(id)),
      addressIndex: vault.blindIndex('report-address', address),
    };
    await tx.prisma.publicationReport.create({ data, select: { id: true } }).catch((error: unknown) => {
      throw violatedKey(error) === 'publication_report_open_key' ? new DomainError('report-open') : error;
    });
    tx.record({
      actor: 'anonymous',
      action: 'publication-report.open',
      subject: `publication-report:${id}`,
      detail: { publicationId, ground },
    });
  });
}

export const reportContext = (id: string) => `publication_report:${id}`;

const encryptedSchema = z.object({ text: z.string(), contact: z.string() });

export function decryptReport(vault: Vault, { id, cipher }: { id: string; cipher: Uint8Array }) {
  return encryptedSchema.parse(JSON.parse(vault.decryptText(cipher, reportContext(id))));
}
