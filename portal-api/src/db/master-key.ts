// SPDX-License-Identifier: Apache-2.0
// Binds the database to its master keys. A start with another key file is refused: it would find no account again
// and write data that the right file cannot read.
import { StartError } from '../errors.ts';
import { withAdvisoryLock } from './advisory-lock.ts';

const KNOWN_TEXT = 'inkseal portal';
const CONTEXT = 'master-key';

/** What this needs of the vault. */
export interface KeyProver {
  activeKeyId: string;
  seal(plaintext: string, context: string): Buffer;
  openText(sealed: Uint8Array, context: string): string;
  derive(purpose: string): Buffer;
}

export async function bindMasterKeys(url: string, vault: KeyProver): Promise<void> {
  await withAdvisoryLock(url, 'masterKey', async (client) => {
    const { rows } = await client.query<{ id: string; proof: Buffer }>('SELECT id, proof FROM master_key');
    for (const { id, proof } of rows) {
      if (!opens(vault, proof)) throw new StartError('key-file-mismatch', `this database was written with key ${id}`);
    }
    if (rows.some(({ id }) => id === vault.activeKeyId)) return;
    const proof = vault.seal(knownText(vault), CONTEXT);
    await client.query('INSERT INTO master_key (id, proof) VALUES ($1, $2)', [vault.activeKeyId, proof]);
  });
}

function opens(vault: KeyProver, proof: Uint8Array): boolean {
  try {
    return vault.openText(proof, CONTEXT) === knownText(vault);
  } catch {
    return false;
  }
}

/** Says something of the index key too: it has no ciphertext of its own. */
function knownText(vault: KeyProver): string {
  return `${KNOWN_TEXT} ${vault.derive('key check').toString('hex')}`;
}
