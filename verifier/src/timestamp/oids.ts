// The object identifiers that tokens use, by the hex of their DER content, and the closed list of algorithms.
import { toHex } from '../encoding/bytes.ts';
import { type Der, TAG } from './der.ts';

export const OID = {
  signedData: '2a864886f70d010702',
  data: '2a864886f70d010701',
  tstInfo: '2a864886f70d0109100104',
  contentType: '2a864886f70d010903',
  messageDigest: '2a864886f70d010904',
  signingCertificateV2: '2a864886f70d010910022f',
} as const;

export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';

export const HASH_SIZES: Readonly<Record<HashName, number>> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };

/** SHA-1 and everything older is not on this list, and so not in a well-formed token. */
export const HASHES: ReadonlyMap<string, HashName> = new Map([
  ['608648016503040201', 'SHA-256'],
  ['608648016503040202', 'SHA-384'],
  ['608648016503040203', 'SHA-512'],
]);

interface SignatureAlgorithm {
  readonly key: 'RSA' | 'EC';
  /** Undefined: that of the digest algorithm beside it. */
  readonly hash: HashName | undefined;
}

export const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['2a864886f70d010101', { key: 'RSA', hash: undefined }],
  ['2a864886f70d01010b', { key: 'RSA', hash: 'SHA-256' }],
  ['2a864886f70d01010c', { key: 'RSA', hash: 'SHA-384' }],
  ['2a864886f70d01010d', { key: 'RSA', hash: 'SHA-512' }],
  ['2a8648ce3d040302', { key: 'EC', hash: 'SHA-256' }],
  ['2a8648ce3d040303', { key: 'EC', hash: 'SHA-384' }],
  ['2a8648ce3d040304', { key: 'EC', hash: 'SHA-512' }],
]);

/** The identifier of an AlgorithmIdentifier whose parameters are absent or NULL; undefined for anything else. */
export function algorithmOf({ tag, children: [id, parameters, ...more] }: Der): string | undefined {
  if (tag !== TAG.sequence || id?.tag !== TAG.oid || more.length > 0) return undefined;
  return parameters === undefined || parameters.tag === TAG.null ? toHex(id.content) : undefined;
}
