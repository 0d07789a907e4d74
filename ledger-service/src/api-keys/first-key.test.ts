// SPDX-License-Identifier: Apache-2.0
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assert } from 'chai';
import { freshLedgerDatabase } from '../../../test/support/ledger.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { createDb, type Database } from '../db/database.ts';
import { StartError } from '../errors.ts';
import { newApiKey } from './api-key.ts';
import { authenticate, ensureFirstKey, listKeys } from './index.ts';

describe('ensureFirstKey', () => {
  let url: string;
  let database: Database;
  let folder: string;
  let file: string;
  beforeEach(async () => {
    url = await freshLedgerDatabase();
    database = createDb(url);
    folder = temporaryFolder();
    file = path.join(folder, 'key');
  });
  afterEach(() => database.close());

  const ensure = () => ensureFirstKey(database, file);
  const keyInFile = async () => (await readFile(file, 'utf8')).trim();

  it('at first start, writes a working key that only its owner can read', async () => {
    assert.isTrue(await ensure());
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const principal = await authenticate(database.prisma, await keyInFile());
    assert.sameMembers([...(principal?.scopes ?? [])], ['submit', 'read', 'revoke']);
    assert.deepEqual(await readdir(folder), ['key'], 'no temporary file is left');
  });

  it('when several processes start at once, makes one key', async () => {
    const made = await Promise.all([ensure(), ensure(), ensure()]);
    assert.lengthOf(made.filter(Boolean), 1);
    assert.lengthOf(await listKeys(database.prisma), 1);
    assert.isDefined(await authenticate(database.prisma, await keyInFile()));
  });

  it('after a crash between file and row, stores the key that is in the file', async () => {
    const key = newApiKey();
    await writeFile(file, `${key}\n`, { mode: 0o600 });
    assert.isTrue(await ensure());
    assert.isDefined(await authenticate(database.prisma, key));
  });

  it('when the file was brought, in a folder that is only read › stores its key', async () => {
    const key = newApiKey();
    await writeFile(file, `${key}\n`);
    await chmod(folder, 0o500);
    // Root may write all the same.
    const { mtimeMs } = await stat(folder);
    assert.isTrue(await ensure());
    assert.equal((await stat(folder)).mtimeMs, mtimeMs);
    assert.isDefined(await authenticate(database.prisma, key));
  });

  it('once there is a key, leaves file and keys alone, even when the file is gone', async () => {
    await ensure();
    await rm(file);
    assert.isFalse(await ensure());
    assert.deepEqual(await readdir(folder), []);
  });

  it('when the file holds something else, refuses to start and overwrites nothing', async () => {
    await writeFile(file, 'my notes');
    await refused();
    assert.equal(await keyInFile(), 'my notes');
    assert.lengthOf(await listKeys(database.prisma), 0);
  });

  it('when the file cannot be written, refuses to start', async () => {
    await mkdir(file);
    await refused();
  });

  async function refused(): Promise<void> {
    const error = await ensure().catch((reason: unknown) => reason);
    assert.instanceOf(error, StartError);
    assert.equal((error as StartError).code, 'api-key-file-unusable');
  }
});
