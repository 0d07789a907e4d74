// SPDX-License-Identifier: Apache-2.0
// A portal as its own process, to be killed and started again on the same data.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { codeReader, createMember, expectStatus, PortalClient, type PortalMember } from './portal.ts';
import { dropDatabase, freshDatabase } from './postgres.ts';
import { type Program, runNode } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

const MAIN = path.resolve(import.meta.dirname, '..', '..', 'portal-api', 'src', 'main.ts');

export interface PortalProcess {
  url: string;
  databaseUrl: string;
  dataFolder: string;
  /** Does not wait until it is ready. */
  launch(environment?: Record<string, string>): Program;
  /** Returns when it is ready. */
  start(environment?: Record<string, string>): Promise<Program>;
  /** Verified, unless asked otherwise. */
  member(options?: { verified: boolean }): Promise<PortalMember>;
  reviewer(): Promise<PortalClient>;
  /** Ends it and removes its database. */
  remove(): Promise<void>;
}

export async function portalProcess(environment: Record<string, string>): Promise<PortalProcess> {
  const dataFolder = temporaryFolder();
  const databaseUrl = await freshDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const reviewerFile = path.join(dataFolder, 'keys', 'reviewer.json');
  const visitor = () => new PortalClient(url);
  const smsCode = codeReader(path.join(dataFolder, 'sms-outbox.jsonl'));
  let program: Program | undefined;
  const launch = (extra = {}) => {
    const env = {
      PORTAL_DATABASE_URL: databaseUrl,
      PORT: String(port),
      INKSEAL_DATA: dataFolder,
      SEED_REVIEWER_FILE: reviewerFile,
      RATE_LIMIT_SCALE: '1000',
      LOG_LEVEL: 'warn',
      CRASH_AT: '',
      ...environment,
      ...extra,
    };
    program = runNode(MAIN, [], { env });
    return program;
  };
  return {
    url,
    databaseUrl,
    dataFolder,
    launch,
    async start(extra = {}) {
      const started = launch(extra);
      await eventually(async () => (await fetch(`${url}/readyz`)).ok, { withinMs: 120_000 }).catch((cause) => {
        throw new Error(`the portal is not ready:\n${started.output()}`, { cause });
      });
      return started;
    },
    member: (options = { verified: true }) => createMember({ visitor, smsCode }, options),
    async reviewer() {
      const { phone, password } = JSON.parse(readFileSync(reviewerFile, 'utf8'));
      const client = visitor();
      await expectStatus(204, client.logIn(phone, password));
      return client;
    },
    async remove() {
      if (program?.isRunning()) await program.kill();
      await dropDatabase(databaseUrl);
    },
  };
}
