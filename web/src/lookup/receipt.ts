// SPDX-License-Identifier: Apache-2.0
// An acceptance receipt 受理回执 judged in this page, with a proof of its number if there is one. Loaded when a receipt comes.
import { type ReceiptReport, verifyReceipt } from '@inkseal/verifier/receipts';
import type { Trust } from './verification.ts';

export interface ReceiptJudgement {
  readonly report: ReceiptReport;
  readonly trust: Trust;
  /** Where the proof came from that the promise was compared with. */
  readonly proofFrom: 'visitor' | 'portal' | 'none';
  readonly checkedAt: Date;
}

export interface ReceiptInHand {
  readonly bytes: Uint8Array;
  /** A bundle or an absence proof that the visitor brought. */
  readonly proof: Uint8Array | undefined;
  readonly trust: Trust;
  /** Asks for either; undefined where nobody is there to ask, or to answer. */
  readonly ask: (number: string) => Promise<Uint8Array | undefined>;
}

export async function judgeReceipt({ bytes, proof, trust, ask }: ReceiptInHand): Promise<ReceiptJudgement> {
  const checkedAt = new Date();
  const options = { now: checkedAt, ...(trust.bytes && { trust: trust.bytes }) };
  const alone = await verifyReceipt(bytes, options);
  const number = alone.facts?.number;
  const fetched = !proof && number !== undefined ? await ask(number) : undefined;
  const shown = proof ?? fetched;
  const report = shown ? await verifyReceipt(bytes, { ...options, proof: shown }) : alone;
  return { report, trust, checkedAt, proofFrom: proof ? 'visitor' : fetched ? 'portal' : 'none' };
}
