// Who signed a trust file (docs/proof-format.md §4). A signature lies beside the file, and the key comes from its publisher: a good
// one shows that whoever holds that key published these very bytes, and nothing of who that is.
import { ed25519 } from '@noble/curves/ed25519.js';
import type { TrustKey } from './trust-key.ts';

/** What a signature's file is called: the trust file's name and this. */
export const SIGNATURE_ENDING = '.sig';

export const SIGNATURE_LENGTH = 64;

/**
 * `good`: one of the keys signed the file. `bad`: the signature beside it is by none of the keys. `unchecked`: there is a signature
 * and no key. `none`: there is no signature.
 */
export type Signing<Key extends TrustKey = TrustKey> =
  | { readonly standing: 'good'; readonly key: Key; readonly signature: Uint8Array }
  | { readonly standing: 'bad' | 'unchecked' | 'none' };

export interface Evidence<Key extends TrustKey> {
  /** Each may be the file's. */
  readonly signatures: readonly Uint8Array[];
  readonly keys: readonly Key[];
}

/** Who signed a trust file; of points and scalars, one form each is accepted, as with receipts. Never throws on any bytes. */
export function signingOf<Key extends TrustKey>(file: Uint8Array, { signatures, keys }: Evidence<Key>): Signing<Key> {
  if (signatures.length === 0) return { standing: 'none' };
  if (keys.length === 0) return { standing: 'unchecked' };
  for (const key of keys) {
    const signature = signatures.find((each) => isSignedBy(file, each, key.bytes));
    if (signature) return { standing: 'good', key, signature };
  }
  return { standing: 'bad' };
}

function isSignedBy(file: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_LENGTH) return false;
  return ed25519.verify(signature, file, key, { zip215: false });
}
