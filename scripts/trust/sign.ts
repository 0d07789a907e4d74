// SPDX-License-Identifier: Apache-2.0
// What an organisation publishes: a trust file under its own name, the Ed25519 signature over its bytes (RFC 8032), and the key
// to check it with. `openssl pkeyutl -verify -pubin -inkey trust-key.pem -rawin -in trust.json -sigfile trust.json.sig` and
// `inkseal-verify --trust trust.json --trust-key trust-key.pem` both do.
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTrustKey } from '../../verifier/src/signatures/index.ts';
import { Failure } from '../processes/failure.ts';

export interface Published {
  readonly files: readonly string[];
  /** Of the key, as the verifier shows it. */
  readonly fingerprint: string;
}

/** Writes the file, its signature and the public key. A folder that has one of them already is left as it is. Throws Failure. */
export function publishTrustFile(
  trust: Uint8Array,
  { keyFile, folder }: { keyFile: string; folder: string },
): Published {
  const key = readSigningKey(keyFile);
  const pem = Buffer.from(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  const contents = { 'trust.json': trust, 'trust.json.sig': sign(null, trust, key), 'trust-key.pem': pem };
  const files = Object.entries(contents).map(([name, content]) => ({ file: path.join(folder, name), content }));
  const there = files.find(({ file }) => existsSync(file));
  if (there) throw new Failure(`${there.file} exists already: publish each trust file in a folder of its own`);
  mkdirSync(folder, { recursive: true });
  for (const { file, content } of files) writeFileSync(file, content);
  const fingerprint = parseTrustKey(pem)?.fingerprint;
  if (fingerprint === undefined) throw new RangeError('the verifier does not read the key');
  return { files: files.map(({ file }) => file), fingerprint };
}

function readSigningKey(file: string): KeyObject {
  const howTo = 'make one with "openssl genpkey -algorithm ed25519 -out key.pem"';
  if (!existsSync(file)) throw new Failure(`there is no key at ${file}: ${howTo}`);
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without what the file holds.
  }
  throw new Failure(`${file} is not an Ed25519 private key in PEM: ${howTo}`);
}
