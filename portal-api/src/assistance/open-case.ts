// SPDX-License-Identifier: Apache-2.0
import { dayInChina, endOfDay } from '../china-time.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError, type FieldError, refuseFields } from '../errors.ts';
import { newOrderNumber, type OrderKey, ordersNamed } from '../orders/index.ts';
import type { AssistanceForm } from './assistance.schema.ts';
import { isOwnCase } from './assistance.view.ts';
import { DAY_MS, MAX_SECRET_DAYS, subjectOf } from './assistance-case.ts';
import { takeLetters } from './letters.store.ts';

interface CaseParts {
  db: Database;
  vault: Vault;
}

/** Answers the id. Throws `forbidden` when it concerns a record of whoever opens it. */
export function openCase({ db, vault }: CaseParts, staffId: string, form: AssistanceForm): Promise<string> {
  return db.transaction(async (tx) => {
    const { orders, faults } = await ordersNamed(tx.prisma, form.numbers, isCertified(tx));
    refuseFields([...faults, ...secrecyFaults(form)]);
    const id = newId();
    await insertCase(tx, vault, { id, staffId, form });
    const rows = orders.map((order, position) => ({ id: newId(), caseId: id, position, ...order }));
    await tx.prisma.assistanceOrder.createMany({ data: rows });
    if (await isOwnCase(tx.prisma, id, staffId)) throw new DomainError('forbidden');
    await takeLetters(tx, { caseId: id, sentBy: staffId, letters: form.letters });
    const { parts, days, secrecy } = form;
    const detail = { orders: orders.length, parts, days, isSecret: secrecy !== null };
    tx.record({ actor: `account:${staffId}`, action: 'assistance-case.open', subject: subjectOf(id), detail });
    return id;
  });
}

/** What was never certified has nothing that could be handed over as proven. */
const isCertified =
  ({ prisma }: Transaction) =>
  async (order: OrderKey): Promise<boolean> =>
    (await prisma.certificate.count({ where: { ...order, issuedAt: { not: null } } })) > 0;

async function insertCase(
  { prisma }: Transaction,
  vault: Vault,
  { id, staffId, form }: { id: string; staffId: string; form: AssistanceForm },
): Promise<void> {
  const { authority, fileNumber, contact, request, parts, days, secrecy } = form;
  await prisma.assistanceCase.create({
    data: {
      ...{ id, authority, fileNumber, request, parts, days },
      caseNumber: newOrderNumber(),
      openedBy: staffId,
      contactCipher: vault.encrypt(contact, `assistance_case:${id}:contact`),
      ...(secrecy && { secretReason: secrecy.reason, secretUntil: endOfDay(secrecy.until) }),
    },
    select: { id: true },
  });
}

/** From today on, and not for longer than a letter may demand. */
function secrecyFaults({ secrecy }: AssistanceForm): FieldError[] {
  if (!secrecy) return [];
  const last = dayInChina(new Date(Date.now() + MAX_SECRET_DAYS * DAY_MS));
  const isRight = dayInChina() <= secrecy.until && secrecy.until <= last;
  return isRight ? [] : [{ field: 'secrecy.until', code: 'out-of-range' }];
}
