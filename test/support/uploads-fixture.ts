// SPDX-License-Identifier: Apache-2.0
// For suites about uploads: a server with a database and its own data folder, and a new member for each test.
import { z } from 'zod';
import { type Database, openDatabase } from '../../portal-api/src/db/database.ts';
import { migrate } from '../../portal-api/src/db/migrate.ts';
import type { UploadsOptions } from '../../portal-api/src/uploads/index.ts';
import { dropDatabase, freshDatabase } from './postgres.ts';
import { temporaryFolder } from './temporary.ts';
import { logInUploader, newAccount, type Uploader } from './uploads-client.ts';
import { startUploadsServer, type UploadsServer } from './uploads-server.ts';

export interface UploadsFixture {
  readonly dataFolder: string;
  /** The parts that live during the tests only. */
  readonly db: Database;
  readonly server: UploadsServer;
  readonly member: Uploader;
  otherMember(): Promise<Uploader>;
}

/** To be called inside `describe`: it adds the hooks. */
export function uploadsFixture(limits: UploadsOptions['limits'] = {}): UploadsFixture {
  const dataFolder = temporaryFolder();
  let db: Database;
  let server: UploadsServer;
  let member: Uploader;
  const otherMember = async () => logInUploader(server.url, await newAccount(db));

  before(async function () {
    this.timeout(30_000);
    db = openDatabase(await portalDatabase());
    server = await startUploadsServer({ databaseUrl: db.url, dataFolder, limits });
  });
  beforeEach(async () => {
    member = await otherMember();
  });
  after(async () => {
    await server.stop();
    await db.close();
    await dropDatabase(db.url);
  });
  return {
    dataFolder,
    get db() {
      return db;
    },
    get server() {
      return server;
    },
    get member() {
      return member;
    },
    otherMember,
  };
}

export function portalDatabase(): Promise<string> {
  return freshDatabase({ name: 'portal', prepare: async (url) => void (await migrate(url)) });
}

/** The code of a problem answer. */
export async function problemCode(answer: Response | Promise<Response>): Promise<string> {
  return z.object({ code: z.string() }).parse(await (await answer).json()).code;
}
