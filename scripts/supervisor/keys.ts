// SPDX-License-Identifier: Apache-2.0
// The embedded chain's three keys, made once: one anchors, one revokes, one administers. They are never the same,
// so that what the first can do stays all that a leak of it gives away.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { computeAddress, hexlify, randomBytes } from 'ethers';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';

export interface Key {
  file: string;
  address: string;
}

export async function embeddedKeys(folder: string): Promise<{ anchor: Key; revoker: Key; admin: Key }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    anchor: await keyAt(path.join(folder, 'anchor.key')),
    revoker: await keyAt(path.join(folder, 'revoker.key')),
    admin: await keyAt(path.join(folder, 'admin.key')),
  };
}

/** Makes it where there is none. Throws Failure. */
export async function keyAt(file: string): Promise<Key> {
  if (!existsSync(file)) await writeDurably(file, `${hexlify(randomBytes(32))}\n`);
  try {
    return { file, address: computeAddress(readFileSync(file, 'utf8').trim()) };
  } catch {
    throw new Failure(`${file} does not contain a private key`);
  }
}
