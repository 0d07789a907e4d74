// SPDX-License-Identifier: Apache-2.0
// What the certificates of a signer say of it, wherever its key is.
import { type KeyObject, X509Certificate } from 'node:crypto';
import { DomainError, StartError } from '../errors.ts';
import type { DocumentSigner } from './document-signer.ts';

interface Found {
  /** DER, in any order. */
  certificates: readonly Uint8Array[];
  /** Whether it is of the signer's key. */
  isOwn(certificate: X509Certificate): boolean;
  isDevelopment: boolean;
  sign(bytes: Uint8Array, algorithm: DocumentSigner['algorithm']): Promise<Uint8Array>;
}

/** Throws StartError `signer-unusable` for a certificate that ended, and RangeError for none and for another kind of key. */
export function signerWith({ certificates, isOwn, isDevelopment, sign }: Found): DocumentSigner {
  const all = certificates.map((der) => new X509Certificate(der));
  const own = all.find(isOwn);
  if (!own) throw new RangeError('no certificate of the key');
  const until = new Date(own.validTo);
  if (until < new Date())
    throw new StartError('signer-unusable', `the certificate of the signer ended at ${own.validTo}`);
  const algorithm = algorithmOf(own.publicKey);
  return {
    certificates: [own.raw, ...issuersOf(own, all)],
    name: /(?:^|\+ )CN=(.*)$/m.exec(own.subject)?.[1] ?? own.subject,
    isDevelopment,
    algorithm,
    async sign(bytes) {
      if (until < new Date()) throw new DomainError('internal', { reason: 'signer-expired' });
      return sign(bytes, algorithm);
    },
  };
}

/** From the signer upwards; others are left out. */
function issuersOf(own: X509Certificate, all: readonly X509Certificate[]): Uint8Array[] {
  const path: X509Certificate[] = [own];
  for (const each of path) {
    const issuer = all.find((one) => !path.includes(one) && each.checkIssued(one) && each.verify(one.publicKey));
    if (issuer) path.push(issuer);
  }
  return path.slice(1).map(({ raw }) => raw);
}

export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): DocumentSigner['algorithm'] {
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048) return 'RS256';
  throw new RangeError('a key of another kind');
}
