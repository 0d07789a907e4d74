// SPDX-License-Identifier: Apache-2.0
// The key that a new installation begins with. The file is complete before it has its name, and has it before the
// row is committed: after a crash between the two, the next start finds the file and stores that key.
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
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
  await createOnce(file, `${newApiKey()}\n`);
  const key = (await readFile(file, 'utf8')).trim();
  if (!isApiKey(key)) throw new StartError('api-key-file-unusable', `${file} exists but does not contain an API key`);
  return key;
}

/** Creates the file whole, mode 0600, or leaves the one that is there. */
async function createOnce(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system journals the name itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
