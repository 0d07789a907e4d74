// SPDX-License-Identifier: Apache-2.0
// The key that a new installation begins with. The file is complete before it has its name, and has it before the
// row is committed: after a crash between the two, the next start finds the file and stores that key.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createOnce } from '../create-once.ts';
import { withAdvisoryLock } from '../db/advisory-locks.ts';
import type { Database } from '../db/database.ts';
import { StartError } from '../errors.ts';
import { isApiKey, newApiKey, SCOPES } from './api-key.ts';
import { addKey } from './manage-keys.ts';

const FIRST_CLIENT = 'portal';

/** Does nothing once there is any key. Returns true when it made one. */
export function ensureFirstKey(database: Database, file: string): Promise<boolean> {
  return withAdvisoryLock(database.url, 'firstKey', async () => {
    if ((await database.prisma.apiKey.count()) > 0) return false;
    const key = await keyInFile(file).catch((error: unknown) => {
      throw error instanceof StartError
        ? error
        : new StartError('api-key-file-unusable', `${file}: ${String(error)}`, error);
    });
    await addKey(database, { client: FIRST_CLIENT, label: 'first key', scopes: SCOPES }, key);
    return true;
  });
}

async function keyInFile(file: string): Promise<string> {
  // One that was brought may lie in a folder that nobody can write to.
  if (!existsSync(file)) await createOnce(file, `${newApiKey()}\n`);
  const key = (await readFile(file, 'utf8')).trim();
  if (!isApiKey(key)) throw new StartError('api-key-file-unusable', `${file} exists but does not contain an API key`);
  return key;
}
