// A case of a receipt, and what all of them are made from: an honest promise and the trust file that names its key.
import { type AbsenceProof, type Bundle, TRUST_MEDIA_TYPE_V2, type TrustFile } from '../../src/index.ts';
import { type Promised, type Receipt, receiptKeyOf, signReceipt } from '../../src/receipts/index.ts';
import { seeded } from '../support/chain.ts';
import { makeTrust, type World } from '../support/world.ts';

export interface ReceiptCase {
  readonly name: string;
  readonly about: string;
  readonly file: Receipt | Uint8Array | object;
  readonly trust?: TrustFile | object;
  readonly proof?: Bundle | AbsenceProof;
  readonly now?: string;
  readonly verdict: string;
  /** Of the check that decides, as `resultText` writes it; or the code of reading. */
  readonly expected: string;
}

const SECRET = seeded('the key of receipts');
export const KEY = receiptKeyOf(SECRET);
export const ANCHOR_BY = '2026-11-22T06:10:00.000Z';

export function promised({ bundle: { statement } }: World): Promised {
  const { registry, number, kind, sha256, receivedAt } = statement;
  return { registry, number, kind, sha256, receivedAt, anchorBy: ANCHOR_BY };
}

export const receiptOf = (world: World, changes: Partial<Promised> = {}): Receipt =>
  signReceipt({ ...promised(world), ...changes }, SECRET);

export const trustOf = (world: World, key: object = {}): TrustFile => ({
  ...makeTrust(world),
  mediaType: TRUST_MEDIA_TYPE_V2,
  requiredWitnesses: 0,
  receiptKeys: [{ key: KEY, from: '2026-01-01T00:00:00.000Z', ...key }],
  documentSigners: [],
});
