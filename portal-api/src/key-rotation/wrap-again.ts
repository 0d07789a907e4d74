// SPDX-License-Identifier: Apache-2.0
// One pass over everything encrypted: what names another than the active master key gets the same key, wrapped by the active one.
import { ciphertextPrefix, LONGEST_HEAD_BYTES, type Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { isDamage } from '../storage/stored-kind.ts';
import {
  ENCRYPTED_COLUMNS,
  type EncryptedColumn,
  fileContext,
  MESSAGE_CONTEXTS,
  WRAPPED_KEY_COLUMNS,
} from './encrypted-columns.ts';
import { findHeads, replaceHead } from './rotation.sql.ts';
import { certificateKeys, type FileKeys, findMessages, replaceMessage, uploadKeys } from './rotation.store.ts';

const FILE_KEYS: Readonly<Record<(typeof WRAPPED_KEY_COLUMNS)[number], (db: Database) => FileKeys>> = {
  'upload.wrapped_key': uploadKeys,
  'certificate.pdf_wrapped_key': certificateKeys,
};

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface Pass {
  wrapped: number;
  /** Values that could not be opened: damaged, or of a key that the file lacks. */
  failed: number;
}

interface PassParts {
  db: Database;
  vault: Vault;
  say(line: string): void;
}

export async function wrapAgain({ db, vault, say }: PassParts): Promise<Pass> {
  const total: Pass = { wrapped: 0, failed: 0 };
  const column = async (name: string, pages: AsyncIterable<readonly Item[]>) => {
    const { wrapped, failed } = await wrapItems(pages, (id) => say(`${name} of ${id} cannot be opened`));
    if (wrapped > 0) say(`${name}: ${wrapped} wrapped again`);
    total.wrapped += wrapped;
    total.failed += failed;
  };
  for (const each of ENCRYPTED_COLUMNS) await column(`${each.table}.${each.column}`, ciphertexts(db, vault, each));
  for (const name of WRAPPED_KEY_COLUMNS) await column(name, fileKeys(FILE_KEYS[name](db), vault));
  await column('outbox', messages(db, vault));
  return total;
}

interface Item {
  id: string;
  wrap(): Promise<void>;
}

async function wrapItems(pages: AsyncIterable<readonly Item[]>, onFailure: (id: string) => void): Promise<Pass> {
  const pass: Pass = { wrapped: 0, failed: 0 };
  for await (const items of pages)
    for (const { id, wrap } of items) {
      try {
        await wrap();
        pass.wrapped += 1;
      } catch (error) {
        if (!isDamage(error)) throw error;
        pass.failed += 1;
        onFailure(id);
      }
    }
  return pass;
}

async function* ciphertexts(db: Database, vault: Vault, column: EncryptedColumn): AsyncGenerator<Item[]> {
  const prefix = ciphertextPrefix(vault.activeKeyId());
  let after = FIRST_ID;
  for (;;) {
    const found = await findHeads(db.prisma, column, { after, prefix, length: LONGEST_HEAD_BYTES });
    const last = found.at(-1);
    if (!last) return;
    yield found.map(({ id, start }) => ({
      id,
      wrap: async () => replaceHead(db.prisma, column, { row: id, ...vault.rewrap(start, column.contextOf(id)) }),
    }));
    after = last.id;
  }
}

async function* fileKeys(keys: FileKeys, vault: Vault): AsyncGenerator<Item[]> {
  const active = vault.activeKeyId();
  let after = FIRST_ID;
  for (;;) {
    const found = await keys.find(after, active);
    const last = found.at(-1);
    if (!last) return;
    yield found.map((old) => ({
      id: old.id,
      wrap: async () => keys.replace(old, vault.rewrapKey(old, fileContext(old.id, old.size))),
    }));
    after = last.id;
  }
}

async function* messages(db: Database, vault: Vault): AsyncGenerator<Item[]> {
  const prefix = ciphertextPrefix(vault.activeKeyId());
  let after = 0n;
  for (;;) {
    const found = await findMessages(db, Object.keys(MESSAGE_CONTEXTS), after);
    const last = found.at(-1);
    if (!last) return;
    yield found.flatMap((row) => {
      const message = Buffer.from(row.message, 'base64');
      const contextOf = MESSAGE_CONTEXTS[row.topic];
      const isDone = message.length === 0 || message.subarray(0, prefix.length).equals(prefix);
      if (!contextOf || isDone) return [];
      const wrap = async () => {
        const { head, newHead } = vault.rewrap(message, contextOf(row.subject));
        const wrapped = Buffer.concat([newHead, message.subarray(head.length)]);
        await replaceMessage(db, row, wrapped.toString('base64'));
      };
      return [{ id: String(row.id), wrap }];
    });
    after = last.id;
  }
}
