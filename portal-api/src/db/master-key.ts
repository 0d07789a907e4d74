// SPDX-License-Identifier: Apache-2.0
// Binds the database to its master keys. A start with another key file is refused: it would find no account again
// and write data that the right file cannot read.
import { StartError } from '../errors.ts';
import { lockUntilCommit } from './advisory-lock.ts';
import type { Database } from './database.ts';

const KNOWN_TEXT = 'inkseal portal';
const CONTEXT = 'master-key';

/** What this needs of the vault. */
export interface KeyProver {
  activeKeyId(): string;
  encrypt(plaintext: string, context: string): Uint8Array<ArrayBuffer>;
  decryptText(ciphertext: Uint8Array, context: string): string;
  derive(purpose: string): Buffer;
}

export async function bindMasterKeys(db: Database, vault: KeyProver): Promise<void> {
  await db.transaction(async ({ prisma }) => {
    await lockUntilCommit(prisma, 'masterKey');
    const rows = await prisma.masterKey.findMany();
    for (const { id, proof } of rows) {
      if (!opens(vault, proof)) throw new StartError('key-file-mismatch', `this database was written with key ${id}`);
    }
    const active = vault.activeKeyId();
    if (rows.some(({ id }) => id === active)) return;
    const proof = vault.encrypt(knownText(vault), CONTEXT);
    await prisma.masterKey.create({ data: { id: active, proof } });
  });
}

function opens(vault: KeyProver, proof: Uint8Array): boolean {
  try {
    return vault.decryptText(proof, CONTEXT) === knownText(vault);
  } catch {
    return false;
  }
}

/** Says something of the index key too: it has no ciphertext of its own. */
function knownText(vault: KeyProver): string {
  return `${KNOWN_TEXT} ${vault.derive('key check').toString('hex')}`;
}
