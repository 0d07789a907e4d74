// The acceptance receipt 受理回执 (docs/proof-format.md §10): the operator's signed promise to anchor an entry by a certain time.
import { ed25519 } from '@noble/curves/ed25519.js';
import { parseFile, registryName } from '../bundle/parse.ts';
import { fromHex, toHex } from '../encoding/bytes.ts';
import { canonicalBytes } from '../encoding/canonical.ts';
import * as shape from '../encoding/shape.ts';
import { ENTRY_KINDS, type EntryKind, type RegistryName } from '../statement/statement.ts';

const { digest, matching, object, oneOf, positiveDecimal, time } = shape;

export const RECEIPT_MEDIA_TYPE = 'application/vnd.inkseal.receipt+json;v=1';

export interface Receipt {
  readonly mediaType: typeof RECEIPT_MEDIA_TYPE;
  readonly registry: RegistryName;
  /** The certificate number, decimal. */
  readonly number: string;
  readonly kind: EntryKind;
  /** SHA-256 of the evidence manifest, hex. */
  readonly sha256: string;
  /** When the operator says it accepted the entry. */
  readonly receivedAt: string;
  /** By when the entry is to be on the chain. */
  readonly anchorBy: string;
  /** The Ed25519 public key, 32 bytes in hex. */
  readonly key: string;
  /** Over the canonical bytes of everything else; 64 bytes in hex. */
  readonly signature: string;
}

const anyReceipt = object({
  mediaType: oneOf(RECEIPT_MEDIA_TYPE),
  registry: registryName,
  number: positiveDecimal,
  kind: oneOf(...ENTRY_KINDS),
  sha256: digest,
  receivedAt: time,
  anchorBy: time,
  key: digest,
  signature: matching(/^[0-9a-f]{128}$/, { min: 128, max: 128 }, '128 lower-case hex digits'),
});
const receipt: shape.Shape<Receipt> = (value, at) => {
  const read = anyReceipt(value, at);
  if (read.anchorBy <= read.receivedAt) throw shape.wrong(`${at}.anchorBy`, 'later than receivedAt');
  return read;
};
const RECEIPTS = new Map([[RECEIPT_MEDIA_TYPE, receipt]]);

/** Reads a receipt. Throws BundleFormatError with the first defect's code. */
export const parseReceipt = (file: Uint8Array): Receipt => parseFile(file, RECEIPTS);

/** What is promised, before it is signed. */
export type Promised = Omit<Receipt, 'mediaType' | 'key' | 'signature'>;

/** Signs a promise with the 32 bytes of an Ed25519 secret key; the same bytes every time (RFC 8032). */
export function signReceipt(promised: Promised, secretKey: Uint8Array): Receipt {
  const unsigned = { ...promised, mediaType: RECEIPT_MEDIA_TYPE, key: receiptKeyOf(secretKey) } as const;
  return { ...unsigned, signature: toHex(ed25519.sign(canonicalBytes(unsigned), secretKey)) };
}

/** The public key of a secret one, as receipts and trust files name it. */
export const receiptKeyOf = (secretKey: Uint8Array): string => toHex(ed25519.getPublicKey(secretKey));

/** The bytes of a `.receipt.json`. */
export const encodeReceipt = (signed: Receipt): Uint8Array => canonicalBytes(signed);

/** Whether the signature is by the key that the receipt names; of points and scalars, one form each is accepted. */
export function isSigned({ signature, ...unsigned }: Receipt): boolean {
  const message = canonicalBytes(unsigned);
  return ed25519.verify(fromHex(signature), message, fromHex(unsigned.key), { zip215: false });
}
