// The trust files that a reader passes: read, their signatures checked where keys are given, and compared with one another.
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { basename } from 'node:path';
import { compareTrust, parseTrustFile, type TrustDifference, TrustFileError } from '../src/index.ts';
import type { Arguments } from './arguments.ts';
import { InputError } from './input-error.ts';
import { readBounded } from './open-proof.ts';

/** Beside a trust file: its Ed25519 signature (RFC 8032), 64 bytes over the file as it is. */
const SIGNATURE_ENDING = '.sig';

export interface PassedTrust {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** The file name of the key that signed it; absent when no key was given. */
  readonly signedBy?: string;
}

export interface TrustFiles {
  readonly files: readonly PassedTrust[];
  /** What several files say differently; absent for one, and where one of them cannot be parsed. */
  readonly differences?: readonly TrustDifference[];
}

/** Reads and compares them. Throws InputError when one cannot be read, or is not signed by any of the given keys. */
export async function readTrustFiles({ trust, trustKeys }: Arguments): Promise<TrustFiles> {
  if (trustKeys.length > 0 && trust.length === 0) throw new InputError('trust-key-alone');
  const keys = [];
  for (const path of trustKeys) keys.push({ name: basename(path), key: await readKey(path) });
  const files = [];
  for (const path of trust) {
    const bytes = await readBounded(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const signedBy = keys.length === 0 ? {} : { signedBy: await signerOf({ path, bytes }, keys) };
    files.push({ path, bytes, sha256, ...signedBy });
  }
  return { files, ...differencesOf(files) };
}

interface NamedKey {
  readonly name: string;
  readonly key: KeyObject;
}

async function readKey(path: string): Promise<KeyObject> {
  const text = Buffer.from(await readBounded(path)).toString('latin1');
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519' && !text.includes('PRIVATE')) return key;
  } catch {
    // Said below, with every other file that holds no such key.
  }
  throw new InputError('no-trust-key', path);
}

async function signerOf({ path, bytes }: Pick<PassedTrust, 'path' | 'bytes'>, keys: readonly NamedKey[]) {
  const signature = await readBounded(path + SIGNATURE_ENDING);
  const signer = keys.find(({ key }) => verify(null, bytes, key, signature));
  if (!signer) throw new InputError('trust-not-signed', path);
  return signer.name;
}

/** One that cannot be parsed makes the verification undecided, which says why. */
function differencesOf(files: readonly PassedTrust[]): Pick<TrustFiles, 'differences'> {
  if (files.length < 2) return {};
  try {
    return { differences: compareTrust(files.map(({ bytes }) => parseTrustFile(bytes))) };
  } catch (error) {
    if (error instanceof TrustFileError) return {};
    throw error;
  }
}
