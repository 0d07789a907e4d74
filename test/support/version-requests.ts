// SPDX-License-Identifier: Apache-2.0
// New versions of certificates that owners ask for, and what staff decides.
import { eventually } from './eventually.ts';
import type { Order } from './orders.ts';
import { expectStatus, type PortalClient, type PortalMember, uploadFile } from './portal.ts';
import { type Level, paper, readRegistration } from './registrations.ts';

export const REISSUE = { kind: 'REISSUE', reason: '证书原件遗失。' };
export const APPROVE = { isApproved: true, words: '' };
export const REFUSE = { isApproved: false, words: '证明材料不清楚，请补充。' };

export const askVersion = (owner: PortalClient, id: string, form: object = REISSUE) =>
  owner.post(`/registrations/${id}/version-requests`, form);

export async function amendment(owner: PortalMember, changes: object) {
  const proof = await uploadFile(owner, '更名证明.pdf', paper('proof'));
  return { kind: 'AMENDMENT', reason: '作品名称变更。', documents: [proof], changes };
}

export const decideVersion = (by: PortalClient, id: string, level: Level, decision: object = APPROVE) =>
  by.post(`/staff/version-requests/${id}/${level}-decision`, decision);

/** Answers the id of one that waits: for the first review, or, passed by somebody, for the second. */
export async function waitingVersion(owner: PortalClient, id: string, passer?: PortalClient): Promise<string> {
  const { body } = await expectStatus(201, askVersion(owner, id));
  if (passer) await expectStatus(200, decideVersion(passer, body.id, 'initial'));
  return body.id;
}

/** Asked for, passed by both reviewers, and issued: answers the registration with its new certificate. */
export async function reissued(
  owner: PortalMember,
  id: string,
  { initial, final }: Record<Level, PortalClient>,
): Promise<Order> {
  const before = await readRegistration(owner, id);
  const request = await waitingVersion(owner, id, initial);
  await expectStatus(200, decideVersion(final, request, 'final'));
  const isNew = async () => {
    const now = await readRegistration(owner, id);
    return now.state === 'REGISTERED' && now.certificate.number !== before.certificate.number && now;
  };
  return eventually(isNew, { withinMs: 180_000, everyMs: 50 });
}
