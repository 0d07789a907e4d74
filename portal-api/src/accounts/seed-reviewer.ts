// SPDX-License-Identifier: Apache-2.0
// A reviewer for development, whose credentials stand in a file that only its owner reads.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { StartError } from '../errors.ts';
import type { AccountStore } from './accounts.store.ts';
import { hashPassword, verifyPassword } from './password.ts';

const SEED_PHONE = '19900000001';

const credentialsSchema = z.object({ phone: z.string(), password: z.string() });

/** Makes file and account where they are missing, and the account's password that of the file. */
export async function seedReviewer(db: Database, store: AccountStore, file: string): Promise<void> {
  const { phone, password } = await readOrMakeCredentials(file);
  const account = await store.findByPhone(phone);
  if (account && (await verifyPassword(password, account.passwordHash))) return;
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const id = account?.id ?? (await store.insert(tx, { phone, passwordHash })).id;
    if (account) await store.setPassword(tx, id, passwordHash);
    await store.grantRole(tx, { accountId: id, role: 'reviewer', grantedBy: 'system' });
    tx.record({ actor: 'system', action: 'account.seed-reviewer', subject: `account:${id}` });
  });
}

async function readOrMakeCredentials(file: string): Promise<z.output<typeof credentialsSchema>> {
  try {
    const made = { phone: SEED_PHONE, password: `Rv-${randomBytes(15).toString('base64url')}-1` };
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' }).catch(ignoreExisting);
    return credentialsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new StartError('data-folder-unusable', `${file} cannot be read or created`, cause);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
