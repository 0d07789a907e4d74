// SPDX-License-Identifier: Apache-2.0
// What leaves the centre through a case. Each download is on record, for the audit log and for the owner, before it begins.
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { type OrderKey, orderKeyOf } from '../orders/index.ts';
import { PERSON_PREFIX } from '../parties/index.ts';
import { isOwnCase } from './assistance.view.ts';
import { type AssistancePart, subjectOf } from './assistance-case.ts';

interface Wanted {
  staffId: string;
  caseId: string;
  /** Of its place in the case. */
  orderId: string;
  /** One of them has to be approved; all that are count as handed over. */
  parts: readonly AssistancePart[];
  uploadId?: string;
}

interface Granted {
  order: OrderKey;
  parts: readonly AssistancePart[];
}

/** Throws `disclosure-closed` for what was not approved, and when the time is up. */
export function disclose(db: Database, wanted: Wanted): Promise<Granted> {
  const { staffId, caseId, orderId, parts, uploadId } = wanted;
  return db.transaction(async (tx) => {
    const row = await tx.prisma.assistanceOrder.findFirst({
      where: { id: orderId, caseId },
      select: { attestationId: true, registrationId: true, case: { select: { parts: true, openUntil: true } } },
    });
    if (!row) throw new DomainError('assistance-case-not-found');
    if (await isOwnCase(tx.prisma, caseId, staffId)) throw new DomainError('forbidden');
    const approved = parts.filter((part) => row.case.parts.includes(part));
    const isOpen = row.case.openUntil !== null && row.case.openUntil > new Date();
    if (!isOpen || approved.length === 0) throw new DomainError('disclosure-closed');
    const order = orderKeyOf(row);
    if (uploadId && !(await isOriginal(tx, order, uploadId))) throw new DomainError('file-not-found');
    const made = { orderId, madeBy: staffId, uploadId: uploadId ?? null };
    await tx.prisma.assistanceDisclosure.createMany({ data: approved.map((part) => ({ id: newId(), part, ...made })) });
    const detail = { ...order, parts: approved, ...(uploadId && { uploadId }) };
    tx.record({ actor: `account:${staffId}`, action: 'assistance-case.disclose', subject: subjectOf(caseId), detail });
    return { order, parts: approved };
  });
}

async function isOriginal({ prisma }: Transaction, order: OrderKey, uploadId: string): Promise<boolean> {
  const where = { ...order, uploadId };
  const count =
    'attestationId' in where
      ? await prisma.attestationFile.count({ where })
      : await prisma.registrationFile.count({ where });
  return count > 0;
}

/** Which sections of a bundle leave. Names are masked in those that are not full names. */
export const keepsOf =
  (parts: readonly AssistancePart[]) =>
  (section: string): boolean => {
    if (section.startsWith(PERSON_PREFIX)) return parts.includes('NAMES');
    return parts.includes('CONTENTS') || section.startsWith('party:');
  };
