// SPDX-License-Identifier: Apache-2.0
// An acceptance receipt 受理回执 judged in this page, with a proof of its number if there is one. Loaded when a receipt comes.
import { type ReceiptReport, verifyReceipt } from '@inkseal/verifier/receipts';
import { eachOf, type Trust, worstOf } from './trust.ts';

export interface ReceiptJudgement {
  readonly report: ReceiptReport;
  readonly trust: Trust;
  /** Where the proof came from that the promise was compared with. */
  readonly proofFrom: 'visitor' | 'portal' | 'none';
  readonly checkedAt: Date;
  /** Under each of several trust files, in their order; all else here is that of the worst. */
  readonly underEach?: readonly ReceiptJudgement[];
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
  const judge = (one: Trust, shown?: Uint8Array) =>
    verifyReceipt(bytes, { now: checkedAt, ...(one.bytes && { trust: one.bytes }), ...(shown && { proof: shown }) });
  const trusts = eachOf(trust);
  const alone = await Promise.all(trusts.map((one) => judge(one)));
  // A trust file that cannot be used hides the number; another one shows it.
  const number = alone.find(({ facts }) => facts)?.facts?.number;
  const fetched = !proof && number !== undefined ? await ask(number) : undefined;
  const shown = proof ?? fetched;
  const reports = shown ? await Promise.all(trusts.map((one) => judge(one, shown))) : alone;
  const proofFrom = proof ? 'visitor' : fetched ? 'portal' : 'none';
  const judged = reports.map(
    (report, place) => ({ report, trust: trusts[place] ?? trust, checkedAt, proofFrom }) as const,
  );
  const [first, ...others] = judged;
  if (!first) throw new RangeError('judged under no trust');
  return { ...worstOf([first, ...others]), ...(others.length > 0 && { underEach: judged }) };
}
