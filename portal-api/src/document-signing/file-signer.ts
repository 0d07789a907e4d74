// SPDX-License-Identifier: Apache-2.0
// Signs with the key of a PKCS #12 file, which is read once, at start. Outside production a missing file is made, with a
// development authority of its own.
import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { makeSecretFile } from '../crypto/secret-file.ts';
import type { DocumentSignerSettings } from '../document-signer-settings.ts';
import { DomainError, StartError } from '../errors.ts';
import { makeDevelopmentSigner } from './development-authority.ts';
import type { DocumentSigner } from './document-signer.ts';
import { readPkcs12, writePkcs12 } from './pkcs12.ts';

const signBytes = promisify(sign);

/** Throws StartError `signer-unusable`; neither the file's content nor the password is repeated. */
export async function openFileSigner({
  file,
  password,
  isDevelopment,
}: DocumentSignerSettings): Promise<DocumentSigner> {
  try {
    if (isDevelopment && !statSync(file, { throwIfNoEntry: false }))
      makeSecretFile(file, await writePkcs12(await makeDevelopmentSigner(), password));
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new StartError('signer-unusable', `${file} must be readable by its owner only (mode 0600)`);
    const { key, certificates } = await readPkcs12(readFileSync(file), password);
    return signerOf(
      createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }),
      certificates,
      isDevelopment,
    );
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      'signer-unusable',
      `${file} is not a PKCS #12 file with one RSA or P-256 key and its certificate, or has another password`,
    );
  }
}

function signerOf(key: KeyObject, found: readonly Uint8Array[], isDevelopment: boolean): DocumentSigner {
  const all = found.map((der) => new X509Certificate(der));
  const own = all.find((each) => each.checkPrivateKey(key));
  if (!own) throw new RangeError('no certificate of the key');
  const until = new Date(own.validTo);
  if (until < new Date())
    throw new StartError('signer-unusable', `the certificate of the signer ended at ${own.validTo}`);
  return {
    certificates: [own.raw, ...issuersOf(own, all)],
    name: /(?:^|\+ )CN=(.*)$/m.exec(own.subject)?.[1] ?? own.subject,
    isDevelopment,
    algorithm: algorithmOf(key),
    async sign(bytes) {
      if (until < new Date()) throw new DomainError('internal', { reason: 'signer-expired' });
      return signBytes('sha256', bytes, key);
    },
  };
}

/** From the signer upwards; others in the file are left out. */
function issuersOf(own: X509Certificate, all: readonly X509Certificate[]): Uint8Array[] {
  const path: X509Certificate[] = [own];
  for (const each of path) {
    const issuer = all.find((one) => !path.includes(one) && each.checkIssued(one) && each.verify(one.publicKey));
    if (issuer) path.push(issuer);
  }
  return path.slice(1).map(({ raw }) => raw);
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): DocumentSigner['algorithm'] {
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048) return 'RS256';
  throw new RangeError('a key of another kind');
}
