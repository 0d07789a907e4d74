// SPDX-License-Identifier: Apache-2.0
// Members who take a work through an order, and the reviewer who decides on it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './eventually.ts';
import {
  expectStatus,
  type PortalClient,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
  uploadFile,
} from './portal.ts';
import { temporaryFolder } from './temporary.ts';

export interface OrdersPortal extends TestPortal {
  /** Logged in as the seeded reviewer. */
  reviewer(): Promise<PortalClient>;
}

export async function startOrdersPortal(
  environment: Record<string, string>,
  log?: (line: string) => void,
): Promise<OrdersPortal> {
  const file = path.join(temporaryFolder(), 'reviewer.json');
  const portal = await startPortal({ environment: { SEED_REVIEWER_FILE: file, ...environment }, ...(log && { log }) });
  return {
    ...portal,
    async reviewer() {
      const { phone, password } = JSON.parse(readFileSync(file, 'utf8'));
      const client = portal.visitor();
      await expectStatus(204, client.logIn(phone, password));
      return client;
    },
  };
}

let pictures = 0;

/** An archived work of one picture, by default one that no other work has; answers its id. */
export async function archivedWork(member: PortalMember, picture?: Buffer): Promise<string> {
  pictures += 1;
  const uploadId = await uploadFile(member, '鹤华.jpg', picture ?? (await photo(600 + pictures, 400)));
  return (await expectStatus(201, member.post('/works', workForm(uploadId)))).body.id;
}

/** A complete form of a work of one picture. */
export const workForm = (uploadId: string) => ({
  title: '鹤华抱枕',
  intro: '以鹤为题的图案。',
  creatorNature: 'PERSONAL',
  publishCategory: 'DESIGN',
  tags: ['创意设计'],
  completedOn: '2025-06-01',
  files: [{ uploadId }],
  cover: uploadId,
  display: [{ uploadId }],
  state: 'ARCHIVED',
});

/** Bodies are what the tests assert. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into orders of every shape
export type Order = any;

export async function draftOrder(member: PortalMember, picture?: Buffer): Promise<Order> {
  const workId = await archivedWork(member, picture);
  return (await expectStatus(201, member.post('/attestations', { workId }))).body;
}

export async function submittedOrder(member: PortalMember, picture?: Buffer): Promise<Order> {
  const { id, version } = await draftOrder(member, picture);
  return (await expectStatus(200, member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }))).body;
}

export async function askPayment(member: PortalClient, id: string, renew = false): Promise<Order> {
  return (await expectStatus(201, member.post(`/attestations/${id}/payments`, { channel: 'sandbox', renew }))).body;
}

export function confirmPayment(client: PortalClient, outTradeNo: string) {
  return client.post(`/sandbox/payments/${outTradeNo}/confirmation`, {});
}

/** Submitted and paid; the state it reaches depends on the ledger. */
export async function paidOrder(member: PortalMember, picture?: Buffer): Promise<Order> {
  const { id } = await submittedOrder(member, picture);
  const { outTradeNo } = await askPayment(member, id);
  await expectStatus(204, confirmPayment(member, outTradeNo));
  return readOrder(member, id);
}

export async function readOrder(member: PortalClient, id: string): Promise<Order> {
  return (await expectStatus(200, member.get(`/attestations/${id}`))).body;
}

export async function approve(reviewer: PortalClient, id: string, round = 1): Promise<void> {
  const decision = { round, decision: 'APPROVE', reasons: [] };
  await expectStatus(200, reviewer.post(`/staff/attestations/${id}/decision`, decision));
}

/** With one reason. */
export async function refuse(reviewer: PortalClient, id: string, decision: 'RETURN' | 'REJECT'): Promise<void> {
  const reasons = [{ field: 'title', code: 'unclear', text: '看不清。' }];
  await expectStatus(200, reviewer.post(`/staff/attestations/${id}/decision`, { round: 1, decision, reasons }));
}

/** Several states where the order may already have gone on. */
export function orderIn(
  states: string | readonly string[],
  member: PortalClient,
  id: string,
  withinMs = 60_000,
): Promise<Order> {
  const inState = async () => {
    const order = await readOrder(member, id);
    return [states].flat().includes(order.state) && order;
  };
  return eventually(inState, { withinMs, everyMs: 50 });
}
