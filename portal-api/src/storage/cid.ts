// SPDX-License-Identifier: Apache-2.0
// The text of a CID, checked before it becomes part of a path or of a request.
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';
import { ContentStoreError } from './content-store.ts';

/** Takes only what our stores give: version 1, base32, SHA-256, in its one canonical text. */
export function parseCid(text: string): CID {
  let cid: CID;
  try {
    cid = CID.parse(text);
  } catch (cause) {
    throw new ContentStoreError('cid-malformed', cause);
  }
  if (cid.version !== 1 || cid.multihash.code !== sha256.code || cid.toString() !== text)
    throw new ContentStoreError('cid-malformed');
  return cid;
}
