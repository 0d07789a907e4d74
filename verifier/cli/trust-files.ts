// The trust files that a reader passes: read, their signatures checked where keys are given, and compared with one another.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { compareTrust, parseTrustFile, type TrustDifference, TrustFileError } from '../src/index.ts';
import { parseTrustKey, SIGNATURE_ENDING, signingOf, type TrustKey } from '../src/signatures/index.ts';
import type { Arguments } from './arguments.ts';
import { InputError } from './input-error.ts';
import { readBounded } from './open-proof.ts';

export interface PassedTrust {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** The file name of the key that signed it; absent when no key was given. */
  readonly signedBy?: string;
  /** Of that key, hex. */
  readonly keyFingerprint?: string;
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
  for (const path of trustKeys) keys.push({ ...(await readKey(path)), name: basename(path) });
  const files = [];
  for (const path of trust) {
    const bytes = await readBounded(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ path, bytes, sha256, ...(keys.length > 0 && (await signerOf({ path, bytes }, keys))) });
  }
  return { files, ...differencesOf(files) };
}

interface NamedKey extends TrustKey {
  readonly name: string;
}

async function readKey(path: string): Promise<TrustKey> {
  const key = parseTrustKey(await readBounded(path));
  if (!key) throw new InputError('no-trust-key', path);
  return key;
}

async function signerOf({ path, bytes }: Pick<PassedTrust, 'path' | 'bytes'>, keys: readonly NamedKey[]) {
  const signing = signingOf(bytes, { signatures: [await readBounded(path + SIGNATURE_ENDING)], keys });
  if (signing.standing !== 'good') throw new InputError('trust-not-signed', path);
  return { signedBy: signing.key.name, keyFingerprint: signing.key.fingerprint };
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
