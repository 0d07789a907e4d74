// SPDX-License-Identifier: Apache-2.0
// One order from a file to its end: a certificate, a rejection, a refund or a cancellation. Whoever has a step to take reads
// where the order is and takes it, as often as it needs; nothing that was answered may be unsaid.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyBundle } from '@inkseal/verifier';
import { sendByTus } from '../../scripts/http/tus.ts';
import { confirmPayment, workForm } from '../support/orders.ts';
import { type PortalAnswer, type PortalClient, photo } from '../support/portal.ts';
import { askRefund, decideRefund, GRANT } from '../support/refund-requests.ts';
import { patiently } from './client.ts';
import type { SoakRecord } from './record.ts';

/** How an order ends, as its people want it. */
export const WAYS = ['certified', 'paid twice', 'returned', 'rejected', 'refunded', 'cancelled'] as const;
export type Way = (typeof WAYS)[number];

export interface Certified {
  orderId: string;
  number: string;
  fileSha256: string;
}

export interface Walk {
  record: SoakRecord;
  reviewer: PortalClient;
  finance: PortalClient;
  /** Fails while the database does. */
  openRequest(orderId: string): Promise<string | undefined>;
  trust: Uint8Array;
  onCertified(certified: Certified): void;
}

interface Walker extends Walk {
  owner: PortalClient;
  way: Way;
  orderId: string;
  /** Orders never go back behind this. */
  least: number;
}

const EXPECTED = [
  'state-conflict',
  'version-conflict',
  'review-conflict',
  'reviewed-before',
  'payment-not-found',
  'payment-unavailable',
  'refund-request-open',
  'refund-request-not-found',
];
const KEPT = 'what was answered is kept';
const LOOK_AGAIN_MS = 300;
const MIB = 1_048_576;
/** One in so many files takes several parts. */
const LARGE_ONE_IN = 8;
const LARGE_BYTES = 9 * MIB;
const CHUNK_BYTES = 2 * MIB;
const RETRY_DELAYS_MS = [300, 600, 1_000, 2_000, 3_000, 5_000, 5_000, 5_000];
const UPLOAD_TRIES = 10;

const STATES = [
  ...[
    'DRAFT',
    'SUBMITTED',
    'AWAITING_PAYMENT',
    'PAID',
    'UNDER_REVIEW',
    'RETURNED',
    'APPROVED',
    'ANCHORING',
    'CERTIFIED',
  ],
  ...['REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED'],
];
const ENDS = ['CERTIFIED', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED'];

export interface Ended {
  orderId: string;
  way: Way;
  state: string;
}

/** Returns when the order is at its end. */
export async function walkOrder(walk: Walk, owner: PortalClient, way: Way, number: number): Promise<Ended> {
  const patient = { record: walk.record, expected: EXPECTED };
  const { uploadId, fileSha256 } = await upload(walk, owner, number);
  const work = await patiently(patient, 'save the work', () => owner.post('/works', workForm(uploadId)));
  const draft = await patiently(patient, 'draft', () => owner.post('/attestations', { workId: work.body.id }));
  const walker: Walker = { ...walk, owner, way, orderId: draft.body.id, least: 0 };
  for (;;) {
    const order = await read(walker);
    if (ENDS.includes(order.state) && (order.state !== 'CERTIFIED' || order.certificate)) {
      if (order.state === 'CERTIFIED') await receive(walker, order.certificate.number, fileSha256);
      return { orderId: walker.orderId, way, state: order.state };
    }
    await (STEPS[order.state] ?? wait)(walker, order);
  }
}

/** The answer of a later request is never older than that of one before. */
async function read(walker: Walker) {
  const { owner, orderId, record } = walker;
  const { least } = walker;
  const patient = { record, expected: [] };
  const { body } = await patiently(patient, 'read', () => owner.get(`/attestations/${orderId}`));
  record.looked(KEPT);
  const place = placeOf(body);
  if (place < least)
    record.fault(KEPT, `order ${body.orderNumber} is ${body.state} in round ${body.round}: ${place} after ${least}`);
  walker.least = Math.max(walker.least, place);
  return body;
}

const placeOf = ({ round, state }: { round: number; state: string }): number =>
  round * STATES.length + STATES.indexOf(state);

async function act(walker: Walker, name: string, ask: () => Promise<PortalAnswer>): Promise<PortalAnswer> {
  const answer = await patiently({ record: walker.record, expected: EXPECTED }, name, ask);
  const { state, round } = answer.body ?? {};
  if (answer.status < 300 && typeof state === 'string' && typeof round === 'number')
    walker.least = Math.max(walker.least, placeOf({ round, state }));
  return answer;
}

type Body = PortalAnswer['body'];

const wait = () => pause(LOOK_AGAIN_MS);

const STEPS: Readonly<Record<string, (walker: Walker, order: Body) => Promise<unknown>>> = {
  DRAFT: (walker, { version }) =>
    act(walker, 'submit', () =>
      walker.owner.post(`/attestations/${walker.orderId}/submission`, { version, priceFen: 3_000 }),
    ),
  SUBMITTED: payOrCancel,
  AWAITING_PAYMENT: payOrCancel,
  UNDER_REVIEW: decide,
  RETURNED: (walker, order) => (walker.way === 'refunded' ? askMoneyBack(walker) : resubmit(walker, order)),
};

async function payOrCancel(walker: Walker): Promise<void> {
  const { owner, orderId, way } = walker;
  const offer = () =>
    owner.post(`/attestations/${orderId}/payments`, { channel: 'sandbox', renew: way === 'paid twice' });
  const offers = [await act(walker, 'ask for a code', offer)];
  if (way === 'paid twice') offers.push(await act(walker, 'ask for a code', offer));
  const codes = offers.flatMap(({ status, body }) => (status < 300 ? [String(body.outTradeNo)] : []));
  const pays = codes.map((code) => act(walker, 'pay', () => confirmPayment(owner, code)));
  const leaves =
    way === 'cancelled' ? [act(walker, 'cancel', () => owner.post(`/attestations/${orderId}/cancellation`, {}))] : [];
  await Promise.all([...pays, ...leaves]);
}

async function decide(walker: Walker, { round }: Body): Promise<void> {
  const { reviewer, orderId, way } = walker;
  const isAgain = round > 1;
  const returns = !isAgain && (way === 'returned' || way === 'refunded');
  const decision = way === 'rejected' ? 'REJECT' : returns ? 'RETURN' : 'APPROVE';
  const reasons = decision === 'APPROVE' ? [] : [{ field: 'title', code: 'unclear', text: '看不清。' }];
  const path = `/staff/attestations/${orderId}/decision`;
  await act(walker, 'decide', () => reviewer.post(path, { round, decision, reasons }));
}

function resubmit(walker: Walker, { version }: Body): Promise<PortalAnswer> {
  return act(walker, 'resubmit', () => walker.owner.post(`/attestations/${walker.orderId}/resubmission`, { version }));
}

async function askMoneyBack(walker: Walker): Promise<void> {
  const { owner, finance, orderId } = walker;
  await act(walker, 'ask for the money back', () => askRefund(owner, orderId));
  const request = await walker.openRequest(orderId).catch(() => undefined);
  if (request) await act(walker, 'grant', () => decideRefund(finance, request, GRANT));
}

/** The proof that the owner gets is right, and two downloads of the certificate are one file. */
async function receive(walker: Walker, number: string, fileSha256: string): Promise<void> {
  const { owner, orderId, record, trust } = walker;
  const patient = { record, expected: [] };
  const load = (name: string) =>
    patiently(patient, `load the ${name}`, () => owner.get(`/attestations/${orderId}/${name}`));
  const { verdict } = await verifyBundle((await load('bundle')).bytes, { trust });
  record.looked('proofs hold');
  if (verdict === 'not-verified') record.fault('proofs hold', `${number} is ${verdict}`);
  const [first, second] = [await load('certificate'), await load('certificate')];
  if (!first.bytes.equals(second.bytes)) record.fault(KEPT, `two downloads of certificate ${number} differ`);
  walker.onCertified({ orderId, number, fileSha256 });
}

/** Goes on where it was cut; answers once the portal says that it has all of it. */
async function upload({ record }: Walk, owner: PortalClient, number: number) {
  const isLarge = number % LARGE_ONE_IN === 0;
  const bytes = Buffer.concat([await photo(600 + (number % 400), 400), randomBytes(isLarge ? LARGE_BYTES : 4_096)]);
  const fileSha256 = createHash('sha256').update(bytes).digest('hex');
  const startedAt = Date.now();
  const uploadId = await sendAll(owner, bytes);
  for (;;) {
    const { body } = await patiently({ record, expected: [] }, 'ask for the upload', () =>
      owner.get(`/upload-status/${uploadId}`),
    );
    if (body.state === 'COMPLETE') {
      record.looked(KEPT);
      if (body.sha256 !== fileSha256) record.fault(KEPT, `upload ${uploadId} is another file`);
      record.took('upload', Date.now() - startedAt, 0);
      return { uploadId, fileSha256 };
    }
    if (body.state !== 'RECEIVING' && body.state !== 'SCANNING') {
      record.fault(KEPT, `upload ${uploadId} ended as ${body.state}`);
      throw new Error('an upload was lost');
    }
    await pause(LOOK_AGAIN_MS);
  }
}

async function sendAll(owner: PortalClient, bytes: Buffer): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      const file = { source: bytes, size: bytes.length, name: '鹤华.jpg' };
      return await sendByTus(owner, file, { chunkSize: CHUNK_BYTES, retryDelays: RETRY_DELAYS_MS });
    } catch (error) {
      if (tries === UPLOAD_TRIES) throw error;
      await pause(LOOK_AGAIN_MS);
    }
  }
}
