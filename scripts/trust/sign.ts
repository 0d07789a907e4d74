// SPDX-License-Identifier: Apache-2.0
// What an organisation publishes: a trust file under its own name, the Ed25519 signature over its bytes (RFC 8032), and the key
// to check it with. `openssl pkeyutl -verify -pubin -inkey trust-key.pem -rawin -in trust.json -sigfile trust.json.sig` and
// `inkseal-verify --trust trust.json --trust-key trust-key.pem` both do.
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../processes/failure.ts';

export interface Published {
  /** Paths of the trust file, its signature and the public key. */
  files: [string, string, string];
  bytes: Buffer;
}

/** Writes the three files; a folder that has one of them already is left as it is. Throws Failure. */
export function publishTrustFile(trust: Record<string, unknown>, to: { keyFile: string; folder: string }): Published {
  const key = readSigningKey(to.keyFile);
  const bytes = Buffer.from(`${JSON.stringify(trust, null, 2)}\n`);
  const files = ['trust.json', 'trust.json.sig', 'trust-key.pem'].map((name) => path.join(to.folder, name));
  const there = files.find((file) => existsSync(file));
  if (there) throw new Failure(`${there} exists already: publish each trust file in a folder of its own`);
  mkdirSync(to.folder, { recursive: true });
  const [file = '', signature = '', publicKey = ''] = files;
  writeFileSync(file, bytes);
  writeFileSync(signature, sign(null, bytes, key));
  writeFileSync(publicKey, createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  return { files: [file, signature, publicKey], bytes };
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
