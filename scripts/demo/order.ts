// SPDX-License-Identifier: Apache-2.0
// From a stored file to a certificate: the work, the order, its payment, its review, and the wait for the chain.
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { eventually } from '../processes/eventually.ts';
import type { Session } from './session.ts';
import { type Stored, uploadBytes } from './upload.ts';

const POLL_MS = 250;
const REVIEWABLE_WITHIN_MS = 60_000;
const CERTIFIED_WITHIN_MS = 10 * 60_000;
const MAX_DISPLAY_BYTES = 20 * 1024 * 1024;
const MAX_TITLE = 100;

const id = z.object({ id: z.uuid() });

const orderSchema = z.object({
  id: z.uuid(),
  orderNumber: z.string(),
  state: z.string(),
  round: z.int(),
  version: z.int(),
  certificate: z.object({ number: z.string(), lookupUrl: z.string(), isStamped: z.boolean() }).nullable(),
});

export type Order = z.output<typeof orderSchema>;

export async function saveWork(creator: Session, file: string, stored: Stored): Promise<string> {
  const display = await displayOf(creator, stored);
  const form = {
    title: path.parse(file).name.slice(0, MAX_TITLE) || '作品',
    intro: '由演示程序存证的作品。',
    creatorNature: 'PERSONAL',
    publishCategory: 'DESIGN',
    tags: ['创意设计'],
    completedOn: new Date().toISOString().slice(0, 10),
    files: [{ uploadId: stored.id }],
    cover: display.uploadId,
    display: [display],
    state: 'ARCHIVED',
  };
  return (await creator.send('POST', '/works', form, id)).id;
}

/** A picture shows itself; anything else gets a plain picture that is declared as made from it. */
async function displayOf(creator: Session, { id: uploadId, mediaType, size }: Stored) {
  const isPicture = mediaType === 'image/png' || mediaType === 'image/jpeg';
  if (isPicture && size <= MAX_DISPLAY_BYTES) return { uploadId };
  const background = { r: 24, g: 90, b: 157 };
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return { uploadId: (await uploadBytes(creator, picture, 'cover.jpg')).id, derivedFrom: uploadId };
}

export async function submitOrder(creator: Session, workId: string): Promise<Order> {
  const draft = await creator.send('POST', '/attestations', { workId }, orderSchema);
  const { attestationFen: priceFen } = await creator.get('/prices', z.object({ attestationFen: z.int() }));
  const form = { version: draft.version, priceFen };
  return creator.send('POST', `/attestations/${draft.id}/submission`, form, orderSchema);
}

export async function pay(creator: Session, order: Order): Promise<string> {
  const schema = z.object({ outTradeNo: z.string(), amountFen: z.int() });
  const { outTradeNo, amountFen } = await creator.send(
    'POST',
    `/attestations/${order.id}/payments`,
    { channel: 'sandbox' },
    schema,
  );
  await creator.send('POST', `/sandbox/payments/${outTradeNo}/confirmation`, {}, z.unknown());
  return `¥${(amountFen / 100).toFixed(2)}, ${outTradeNo}`;
}

/** The creator waits until it is the reviewer's turn. */
export async function approve({ creator, reviewer }: { creator: Session; reviewer: Session }, order: Order) {
  const isReady = async () => (await readOrder(creator, order.id)).state === 'UNDER_REVIEW';
  const what = 'the order to come to review (it waits for the ledger)';
  await eventually(isReady, { what, withinMs: REVIEWABLE_WITHIN_MS, everyMs: POLL_MS });
  const { round } = await reviewer.get(`/staff/attestations/${order.id}`, orderSchema);
  const decision = { round, decision: 'APPROVE', reasons: [] };
  await reviewer.send('POST', `/staff/attestations/${order.id}/decision`, decision, z.unknown());
}

export async function certified(creator: Session, order: Order): Promise<NonNullable<Order['certificate']>> {
  const isThere = async () => (await readOrder(creator, order.id)).certificate ?? undefined;
  return eventually(isThere, {
    what: `the certificate of order ${order.orderNumber}`,
    withinMs: CERTIFIED_WITHIN_MS,
    everyMs: POLL_MS,
  });
}

export function readOrder(session: Session, orderId: string): Promise<Order> {
  return session.get(`/attestations/${orderId}`, orderSchema);
}
