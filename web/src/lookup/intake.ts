// SPDX-License-Identifier: Apache-2.0
// What a dropped file is: a proof or what carries one, an acceptance receipt, a trust file with what shows who signed it, or an original.
// The content decides, and the name only where the content has no form.
import {
  ABSENCE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE_V2,
  MAX_FILE_SIZE,
  mediaTypeOf,
  type PackageContents,
  TRUST_MEDIA_TYPE,
  TRUST_MEDIA_TYPE_V2,
} from '@inkseal/verifier';
import { ContainerError, openProof } from '@inkseal/verifier/containers';
import { parseTrustKey, SIGNATURE_ENDING, SIGNATURE_LENGTH } from '@inkseal/verifier/signatures';
import { LookupError } from './portal.ts';
import type { ProofSource } from './verification.ts';

export type Taken =
  | {
      readonly kind: 'proof';
      readonly bytes: Uint8Array;
      readonly source: ProofSource;
      readonly contents?: PackageContents;
      readonly pdf?: Uint8Array;
    }
  | { readonly kind: 'receipt'; readonly bytes: Uint8Array }
  | { readonly kind: 'trust'; readonly bytes: Uint8Array }
  | { readonly kind: 'signature'; readonly bytes: Uint8Array }
  | { readonly kind: 'key'; readonly bytes: Uint8Array; readonly fingerprint: string }
  /** Encrypted: it may be a certificate all the same. */
  | { readonly kind: 'original'; readonly isEncrypted?: true };

/** Whether a proof is about the number of a receipt: only then is it what the receipt is compared with. */
export function isOfNumber(receipt: Uint8Array, proof: Uint8Array): boolean {
  const number = numberIn(receipt);
  return number !== undefined && number === numberIn(proof);
}

/**
 * Looks into a file. Throws ContainerError for a package or certificate whose proof cannot be taken out, LookupError for a key
 * that signs no trust file.
 */
export async function takeFile(file: File): Promise<Taken> {
  try {
    const { container, ...opened } = await openProof(sourceOf(file));
    if (container !== 'none') return { kind: 'proof', source: container, ...opened };
    return takeBytes(file, opened.bytes);
  } catch (error) {
    // An original may itself be a PDF or a zip.
    if (error instanceof ContainerError && ORDINARY.includes(error.code)) return { kind: 'original' };
    if (error instanceof ContainerError && error.code === 'encrypted') return { kind: 'original', isEncrypted: true };
    throw error;
  }
}

const ORDINARY: readonly string[] = ['no-proof', 'unreadable', 'too-large'];

/** Of any version. The verifier's own constant comes with its Ed25519. */
const RECEIPT_TYPE = 'application/vnd.inkseal.receipt+json';

const PROOFS: readonly (string | undefined)[] = [BUNDLE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE_V2, ABSENCE_MEDIA_TYPE];

function takeBytes(file: File, bytes: Uint8Array): Taken {
  // By its name somebody calls it a proof or a receipt: then the verifier says what is wrong with it.
  const isNamed = /\.proof\.json(\.gz)?$/i.test(file.name);
  const isReceipt = /\.receipt\.json$/i.test(file.name);
  if (bytes.length > MAX_FILE_SIZE && !isNamed && !isReceipt) return { kind: 'original' };
  if (isSignature(file)) return { kind: 'signature', bytes };
  if (isPem(file, bytes)) return takeKey(bytes);
  const mediaType = mediaTypeOf(bytes);
  if (mediaType?.startsWith(RECEIPT_TYPE) || isReceipt) return { kind: 'receipt', bytes };
  if (mediaType === TRUST_MEDIA_TYPE || mediaType === TRUST_MEDIA_TYPE_V2) return { kind: 'trust', bytes };
  return PROOFS.includes(mediaType) || isNamed ? { kind: 'proof', bytes, source: 'none' } : { kind: 'original' };
}

/** As long as one, or beside a JSON file: of another length it holds for nothing, and says so. */
const isSignature = ({ name, size }: File): boolean =>
  name.endsWith(SIGNATURE_ENDING) && (size === SIGNATURE_LENGTH || /\.json\b/.test(name));

const isPem = ({ name }: File, bytes: Uint8Array): boolean =>
  /\.(pem|pub|key)$/i.test(name) &&
  new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().startsWith('-----BEGIN ');

function takeKey(pem: Uint8Array): Taken {
  const key = parseTrustKey(pem);
  if (!key) throw new LookupError('no-trust-key');
  return { kind: 'key', ...key };
}

function numberIn(bytes: Uint8Array): string | undefined {
  try {
    const { number, statement } = JSON.parse(new TextDecoder().decode(bytes));
    return number ?? statement?.number;
  } catch {
    return undefined;
  }
}

function sourceOf(file: File) {
  return {
    size: file.size,
    read: async (offset: number, length: number) =>
      new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
}
