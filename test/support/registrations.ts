// SPDX-License-Identifier: Apache-2.0
// Members who register a work, and the two reviewers who decide on it.
import { eventually } from './eventually.ts';
import { archivedWork, confirmPayment, type Order } from './orders.ts';
import { expectStatus, type PortalClient, type PortalMember, uploadFile } from './portal.ts';

/** The smallest file that is a PDF. */
export const paper = (words: string): Buffer =>
  Buffer.from(
    `%PDF-1.4\n%${words}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

/** A draft of a work that only lacks its papers. */
export async function draftRegistration(member: PortalMember, workId?: string): Promise<Order> {
  const id = workId ?? (await archivedWork(member));
  return (await expectStatus(201, member.post('/registrations', { workId: id }))).body;
}

/** What a personal work demands besides what its draft has already. */
export async function completeForm(member: PortalMember, { form }: Order, changes: object = {}): Promise<Order> {
  const pledge = await uploadFile(member, '非职务创作保证书.pdf', paper('pledge'));
  const guarantee = await uploadFile(member, '自愿登记权利保证书.pdf', paper('guarantee'));
  return {
    ...form,
    publication: { status: 'UNPUBLISHED' },
    ownership: 'PERSONAL',
    isEmployed: false,
    rights: Array.from({ length: 17 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`),
    rightsNote: '其他权利均由著作权人享有。',
    aiUse: { isUsed: false },
    documents: [
      ...form.documents,
      { kind: 'NON_SERVICE_PLEDGE', uploadId: pledge },
      { kind: 'GUARANTEE', uploadId: guarantee },
    ],
    ...changes,
  };
}

export async function savedRegistration(member: PortalMember, workId?: string): Promise<Order> {
  const draft = await draftRegistration(member, workId);
  const form = await completeForm(member, draft);
  const answer = await expectStatus(200, member.put(`/registrations/${draft.id}`, { ...form, version: draft.version }));
  return answer.body;
}

export async function submittedRegistration(member: PortalMember, workId?: string): Promise<Order> {
  const { id, version, fee } = await savedRegistration(member, workId);
  const body = { version, priceFen: fee.priceFen };
  return (await expectStatus(200, member.post(`/registrations/${id}/submission`, body))).body;
}

/** Submitted, and paid where it costs something. */
export async function reviewableRegistration(member: PortalMember, workId?: string): Promise<Order> {
  const { id, state } = await submittedRegistration(member, workId);
  if (state === 'AWAITING_PAYMENT') {
    const offered = await expectStatus(201, member.post(`/registrations/${id}/payments`, { channel: 'sandbox' }));
    await expectStatus(204, confirmPayment(member, offered.body.outTradeNo));
  }
  return registrationIn('INITIAL_REVIEW', member, id);
}

export async function readRegistration(member: PortalClient, id: string): Promise<Order> {
  return (await expectStatus(200, member.get(`/registrations/${id}`))).body;
}

/** Saved with these changes of its form, and submitted again. */
export async function resubmittedRegistration(member: PortalMember, id: string, changes: object = {}): Promise<Order> {
  const { form, version } = await readRegistration(member, id);
  const saved = await expectStatus(200, member.put(`/registrations/${id}`, { ...form, ...changes, version }));
  const body = { version: saved.body.version };
  return (await expectStatus(200, member.post(`/registrations/${id}/resubmission`, body))).body;
}

export type Level = 'initial' | 'final';

export function decide(
  reviewer: PortalClient,
  id: string,
  {
    level,
    decision = 'APPROVE',
    round = 1,
  }: { level: Level; decision?: 'APPROVE' | 'RETURN' | 'REJECT'; round?: number },
) {
  const reasons =
    decision === 'APPROVE' ? [] : [{ field: 'documents.GUARANTEE', code: 'unclear', text: '看不清签字。' }];
  return reviewer.post(`/staff/registrations/${id}/${level}-decision`, { round, decision, reasons });
}

/** Several states where it may already have gone on. */
export function registrationIn(
  states: string | readonly string[],
  member: PortalClient,
  id: string,
  withinMs = 60_000,
): Promise<Order> {
  const inState = async () => {
    const registration = await readRegistration(member, id);
    return [states].flat().includes(registration.state) && registration;
  };
  return eventually(inState, { withinMs, everyMs: 50 });
}

/** Passed by both reviewers, and with its certificate. Needs a portal on a whole ledger. */
export async function registeredWork(
  member: PortalMember,
  { initial, final }: Record<Level, PortalClient>,
): Promise<Order> {
  const { id } = await reviewableRegistration(member);
  await expectStatus(200, decide(initial, id, { level: 'initial' }));
  await expectStatus(200, decide(final, id, { level: 'final' }));
  return registrationIn('REGISTERED', member, id, 180_000);
}
