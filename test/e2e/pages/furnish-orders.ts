// SPDX-License-Identifier: Apache-2.0
// Orders in every state, and jobs that failed.
import type { LiveSystem } from '../../support/live-system.ts';
import {
  archivedWork,
  askPayment,
  draftOrder,
  type Order,
  orderIn,
  paidOrder,
  refuse,
  submittedOrder,
} from '../../support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../support/portal.ts';
import { askRefund } from '../../support/refund-requests.ts';

export type Orders = Record<
  | 'draft'
  | 'unpaid'
  | 'underReview'
  | 'returned'
  | 'askedBack'
  | 'resubmitted'
  | 'certified'
  | 'rejected'
  | 'withdrawn',
  Order
>;

export interface FurnishedOrders {
  orders: Orders;
  /** The number of a certificate that was revoked. */
  revoked: string;
  refundRequest: string;
  /** Of several orders. */
  jointPayment: string;
  /** Addresses of share links. */
  shared: Record<'open' | 'ended', string>;
}

export async function furnishOrders(
  system: LiveSystem,
  member: PortalMember,
  reviewer: PortalClient,
): Promise<FurnishedOrders> {
  await archivedWork(member);
  const draft = await draftOrder(member);
  const unpaid = await submittedOrder(member);
  await askPayment(member, unpaid.id);
  const [certified, revoked] = [await certify(member, reviewer), await certify(member, reviewer)];
  await recordEvents(member, certified.workId);
  const { number } = revoked.certificate;
  await expectStatus(202, reviewer.post(`/staff/certificates/${number}/revocation`, { reason: 'holder-request' }));
  const returned = await decide(reviewer, await waitingOrder(member), 'RETURN');
  const underReview = await waitingOrder(member);
  const resubmitted = await resubmit(member, await decide(reviewer, await waitingOrder(member), 'RETURN'));
  const askedBack = await decide(reviewer, await waitingOrder(member), 'RETURN');
  const { id: refundRequest } = (await expectStatus(201, askRefund(member, askedBack.id))).body;
  const rejected = await waitingOrder(member);
  await refuse(reviewer, rejected.id, 'REJECT');
  const withdrawn = await decide(reviewer, await waitingOrder(member), 'RETURN');
  // Nobody waits for its month to end.
  await system.query("UPDATE attestation SET state = 'WITHDRAWN' WHERE id = $1", [withdrawn.id]);
  await parkWork(system, underReview.id);
  await quarantine(system);
  const orders = { draft, unpaid, underReview, returned, askedBack, resubmitted, certified, rejected, withdrawn };
  const invoice = { nature: 'PERSON', name: '欧阳小明', email: 'a@example.org' };
  await expectStatus(200, member.put(`/attestations/${underReview.id}/invoice-details`, invoice));
  const jointPayment = await payTogether(member);
  return { orders, revoked: number, refundRequest, jointPayment, shared: await shareLinks(member, certified.id) };
}

/** Waits for the money. */
async function payTogether(member: PortalMember): Promise<string> {
  const unpaid = [await submittedOrder(member), await submittedOrder(member)];
  const orders = unpaid.map(({ id }) => ({ kind: 'attestation', id }));
  return (await expectStatus(201, member.post('/joint-payments', { channel: 'sandbox', orders }))).body.id;
}

async function shareLinks(member: PortalMember, id: string): Promise<FurnishedOrders['shared']> {
  const path = `/attestations/${id}/share-links`;
  const make = async () => (await expectStatus(201, member.post(path, { days: 30 }))).body;
  const [open, ended] = [await make(), await make()];
  await expectStatus(200, member.delete(`${path}/${ended.link.id}`));
  const addressOf = ({ url }: { url: string }) => new URL(url).pathname + new URL(url).hash;
  return { open: addressOf(open), ended: addressOf(ended) };
}

/** A licence with long names, and a dispute. */
async function recordEvents(member: PortalMember, workId: string): Promise<void> {
  const licence = {
    kind: 'LICENCE',
    licensee: '济南市历下区青釉与鹤文化创意产业发展有限责任公司第一分公司',
    exclusivity: 'SOLE',
    rights: ['R05', 'R06', 'R12', 'R14', 'R17'],
    rightsNote: '包括制作衍生品并在线上、线下销售的权利。',
    territory: '中华人民共和国境内（不含香港、澳门、台湾地区）',
    from: '2026-01-01',
    to: '2028-12-31',
  };
  const dispute = {
    kind: 'DISPUTE',
    status: 'OPEN',
    claimant: '王大力',
    matter: '对方称图案与其二〇二四年发表的插画近似，要求停止使用。',
    raisedOn: '2026-03-01',
    court: '济南市历下区人民法院',
    caseNumber: '（2026）鲁0102民初1号',
  };
  for (const facts of [licence, dispute])
    await expectStatus(201, member.post(`/works/${workId}/rights-events`, { facts }));
}

/** Jobs that failed in different ways, for an order and for none. */
async function parkWork(system: LiveSystem, attestationId: string): Promise<void> {
  await system.query(
    `INSERT INTO outbox (topic, payload, attempts, parked_at, last_error) VALUES
       ('certificate', jsonb_build_object('attestationId', $1::text, 'round', 1), 10, now(), 'stored-object-damaged'),
       ('payment-refund', '{}', 5, now(), 'process-ended'),
       ('upload-tidy', '{}', 10, now(), 'TypeError')`,
    [attestationId],
  );
}

/** A file in which the scanner found something, of whoever sent the first one; and one that waits. */
async function quarantine(system: LiveSystem): Promise<void> {
  await system.query(
    `WITH kept AS (
       INSERT INTO upload (id, account_id, name, declared_size, received_bytes, media_type, state, sha256, sm3, cid, key_id,
                           wrapped_key, completed_at)
       SELECT uuidv7(), account_id, '附件.zip', 1000, 1000, 'application/zip', state::upload_state, sha256('-'), sha256('-'), '-', '-', '', now()
         FROM (SELECT account_id FROM upload ORDER BY id LIMIT 1) AS one, unnest(ARRAY['QUARANTINED', 'SCANNING']) AS state
       RETURNING id, state)
     INSERT INTO upload_scan (id, upload_id, verdict, engine, finding)
     SELECT uuidv7(), id, 'FOUND', 'ClamAV 1.4.6/27000/Mon Nov 30 00:00:00 2026', 'Win.Test.EICAR_HDB-1' FROM kept WHERE state = 'QUARANTINED'`,
    [],
  );
}

async function resubmit(member: PortalMember, { id }: Order): Promise<Order> {
  const { form, version } = (await expectStatus(200, member.get(`/attestations/${id}`))).body;
  const intro = '以鹤为题的图案，用于抱枕、画册和包装。';
  const change = { title: '鹤华抱枕（修订）', intro, tags: ['模型'], display: [], version };
  const saved = await expectStatus(200, member.put(`/attestations/${id}`, { ...form, ...change }));
  const submission = { version: saved.body.version };
  return (await expectStatus(200, member.post(`/attestations/${id}/resubmission`, submission))).body;
}

async function waitingOrder(member: PortalMember): Promise<Order> {
  const { id } = await paidOrder(member);
  return orderIn('UNDER_REVIEW', member, id, 60_000);
}

async function certify(member: PortalMember, reviewer: PortalClient): Promise<Order> {
  const { id } = await decide(reviewer, await waitingOrder(member), 'APPROVE');
  return orderIn('CERTIFIED', member, id, 60_000);
}

async function decide(reviewer: PortalClient, { id, round }: Order, decision: 'APPROVE' | 'RETURN'): Promise<Order> {
  const reasons =
    decision === 'APPROVE'
      ? []
      : [
          { field: 'intro', code: 'unclear', text: '请写明图案的用途。' },
          { field: 'files.0', code: 'incomplete', text: '请补充源文件的创作界面。' },
        ];
  return (await expectStatus(200, reviewer.post(`/staff/attestations/${id}/decision`, { round, decision, reasons })))
    .body;
}
