// SPDX-License-Identifier: Apache-2.0
// Certificates to look up, made over HTTP: the pages under test are those of the reader, not of the maker.

import { verifyBundle } from '../../verifier/src/index.ts';
import { eventually } from '../support/eventually.ts';
import { approve, type Order, orderIn, paidOrder, refuse } from '../support/orders.ts';
import { expectStatus } from '../support/portal.ts';
import { fileOf, stand } from './stand.ts';

export interface Certified {
  number: string;
  orderNumber: string;
  documentNumber: string;
  title: string;
  /** With the look-up code. */
  lookupUrl: string;
  typedCode: string;
  /** Files on this machine. */
  original: string;
  changed: string;
  pdf: string;
  bundle: string;
}

/** A work with a certificate. */
export async function certifiedWork(): Promise<Certified> {
  const { system } = await stand();
  const member = await system.member({ verified: true });
  const { id } = await paidOrder(member);
  const { round } = await orderIn('UNDER_REVIEW', member, id);
  const reviewer = await system.reviewer();
  await approve(reviewer, id, round);
  const order: Order = await orderIn('CERTIFIED', member, id, 60_000);
  const download = async (path: string) => (await expectStatus(200, member.get(`/attestations/${id}/${path}`))).bytes;
  const bytes = await download(`files/${order.files[0].uploadId}/content`);
  const { number, documentNumber, lookupUrl, typedCode } = order.certificate;
  return {
    number,
    documentNumber,
    orderNumber: order.orderNumber,
    title: order.form.title,
    lookupUrl,
    typedCode,
    original: fileOf('鹤华.jpg', bytes),
    changed: fileOf('鹤华.jpg', Buffer.concat([bytes, Buffer.from([0])])),
    pdf: fileOf(`${number}.pdf`, await download('certificate')),
    bundle: fileOf(`${number}.proof.json`, await download('bundle')),
  };
}

/** The number of an order that the review refused. */
export async function refusedOrder(decision: 'RETURN' | 'REJECT'): Promise<string> {
  const { system } = await stand();
  const member = await system.member({ verified: true });
  const { id, orderNumber } = await paidOrder(member);
  await orderIn('UNDER_REVIEW', member, id);
  await refuse(await system.reviewer(), id, decision);
  return orderNumber;
}

/** Revokes it; its bundle is then the one that says so. */
export async function revoke(certified: Certified): Promise<Certified> {
  const { system } = await stand();
  const reviewer = await system.reviewer();
  const { number } = certified;
  await expectStatus(202, reviewer.post(`/staff/certificates/${number}/revocation`, { reason: 'holder-request' }));
  const visitor = system.visitor();
  // The portal keeps a proof for some seconds.
  const bundle = await eventually(
    async () => {
      const { bytes } = await expectStatus(200, visitor.get(`/lookup/${number}/bundle`));
      const { checks } = await verifyBundle(bytes);
      return checks.some((check) => check.outcome === 'failed' && check.code === 'revoked') && bytes;
    },
    { withinMs: 60_000, everyMs: 500 },
  );
  return { ...certified, bundle: fileOf(`${number}.proof.json`, bundle) };
}
