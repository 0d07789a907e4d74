// SPDX-License-Identifier: Apache-2.0
// The recovery key: an age identity, kept away from the machines. They know its public half alone, so what they encrypt for it
// they cannot read again. `age -d -i <file>` opens the same bytes without us.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Failure } from '../processes/failure.ts';

const IDENTITY = /^AGE-SECRET-KEY-1[A-Z0-9]+$/m;
const RECIPIENT = /^age1[a-z0-9]+$/;

/** Writes a new key to a file that is not there yet, and answers its public half. */
export async function makeRecoveryKey(file: string): Promise<string> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  if (existsSync(file)) throw new Failure(`${file} exists already: a recovery key is never replaced in its place`);
  writeFileSync(file, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' });
  return recipient;
}

export async function encryptFor(recipients: readonly string[], bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    if (!RECIPIENT.test(recipient))
      throw new Failure(`“${recipient}” is not the public half of a recovery key (age1…)`);
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new Failure(`“${recipient}” has a misprint: copy the line that --make-key printed`);
    }
  }
  return encrypter.encrypt(bytes);
}

/** With the recovery key in the file. */
export async function decryptWith(keyFile: string, bytes: Uint8Array): Promise<Uint8Array> {
  const identity = existsSync(keyFile) ? IDENTITY.exec(readFileSync(keyFile, 'utf8'))?.[0] : undefined;
  if (!identity) throw new Failure(`${keyFile} has no recovery key (AGE-SECRET-KEY-1…)`);
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
    return await decrypter.decrypt(bytes);
  } catch {
    throw new Failure(
      `the recovery key in ${keyFile} does not open the keys of this backup: it was made for another one`,
    );
  }
}
