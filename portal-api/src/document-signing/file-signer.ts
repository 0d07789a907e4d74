// SPDX-License-Identifier: Apache-2.0
// Signs with the key of a PKCS #12 file, which is read once, at start. Outside production a missing file is made, with a
// development authority of its own.
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { makeSecretFile } from '../crypto/secret-file.ts';
import type { FileSignerSettings } from '../document-signer-settings.ts';
import { StartError } from '../errors.ts';
import { makeDevelopmentSigner } from './development-authority.ts';
import type { DocumentSigner } from './document-signer.ts';
import { readPkcs12, writePkcs12 } from './pkcs12.ts';
import { signerWith } from './signer-certificates.ts';

const signBytes = promisify(sign);

/** Throws StartError `signer-unusable`; neither the file's content nor the password is repeated. */
export async function openFileSigner({ file, password, isDevelopment }: FileSignerSettings): Promise<DocumentSigner> {
  try {
    if (isDevelopment && !statSync(file, { throwIfNoEntry: false }))
      makeSecretFile(file, await writePkcs12(await makeDevelopmentSigner(), password));
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new StartError('signer-unusable', `${file} must be readable by its owner only (mode 0600)`);
    const { key, certificates } = await readPkcs12(readFileSync(file), password);
    const privateKey = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
    return signerWith({
      certificates,
      isOwn: (each) => each.checkPrivateKey(privateKey),
      isDevelopment,
      sign: (bytes) => signBytes('sha256', bytes, privateKey),
    });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      'signer-unusable',
      `${file} is not a PKCS #12 file with one RSA or P-256 key and its certificate, or has another password`,
    );
  }
}
