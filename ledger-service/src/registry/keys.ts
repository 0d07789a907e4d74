// SPDX-License-Identifier: Apache-2.0
// The keys that sign for the ledger, from files that only its user may read.
import { readFileSync } from 'node:fs';
import { getAddress, SigningKey, Wallet } from 'ethers';
import { StartError } from '../errors.ts';

export interface Signers {
  readonly anchorer: Wallet;
  readonly revoker: Wallet;
}

export interface KeyFiles {
  readonly anchorKeyFile: string;
  readonly revokerKeyFile: string;
  readonly adminAddress: string;
}

/** Throws StartError `key-file-unusable`, or `anchorer-has-other-role` where one key would do two jobs. */
export async function loadSigners({ anchorKeyFile, revokerKeyFile, adminAddress }: KeyFiles): Promise<Signers> {
  const anchorer = loadKey(anchorKeyFile);
  const revoker = loadKey(revokerKeyFile);
  if (anchorer.address === revoker.address || anchorer.address === getAddress(adminAddress.toLowerCase())) {
    throw new StartError('anchorer-has-other-role', 'the anchoring key must be neither the admin nor the revoker key');
  }
  return { anchorer, revoker };
}

/** The text of the file is not repeated in the error: it may be a key with a typing error. Throws StartError `key-file-unusable`. */
export function loadKey(file: string): Wallet {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return new Wallet(new SigningKey(text.startsWith('0x') ? text : `0x${text}`));
  } catch {
    throw new StartError('key-file-unusable', `${file} does not contain a private key (32 bytes in hex)`);
  }
}
