// SPDX-License-Identifier: Apache-2.0
// The whole system as `npm start` runs it, in a temporary folder on free ports, and people who use it over HTTP.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openSession } from '@inkseal/service-kit';
import { freePort } from '../../scripts/processes/ports.ts';
import { codeReader, createMember, expectStatus, PortalClient, type PortalMember } from './portal.ts';
import { runNode } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

const UP = path.resolve(import.meta.dirname, '..', '..', 'scripts', 'up.ts');
const IMPORT = path.resolve(import.meta.dirname, '../../scripts/import.ts');
const READY_WITHIN_MS = 300_000;

export interface Credentials {
  phone: string;
  password: string;
}

export interface LiveSystem {
  url: string;
  dataFolder: string;
  /** The code sent last to a telephone, when it has come. */
  smsCode(phone: string): Promise<string>;
  visitor(): PortalClient;
  member(options?: { verified?: boolean }): Promise<PortalMember>;
  reviewerCredentials(): Credentials;
  /** Logged in. */
  reviewer(): Promise<PortalClient>;
  /** A verified member with one more role, which nobody can give over HTTP. */
  memberWithRole(role: string): Promise<PortalMember>;
  /** `npm run import`, which has to find nothing wrong. */
  importFrom(folder: string): Promise<void>;
  /** Asks the portal's database. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** A file that holds the ledger's own trust file. */
  trustFile(): Promise<string>;
  stop(): Promise<void>;
}

/** `environment` adds to the settings. */
export async function startLiveSystem(environment: Record<string, string> = {}): Promise<LiveSystem> {
  const dataFolder = path.join(temporaryFolder(), 'data');
  const [PORT, LEDGER_PORT, CHAIN_PORT, PG_PORT] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const ports = { PORT: `${PORT}`, LEDGER_PORT: `${LEDGER_PORT}`, CHAIN_PORT: `${CHAIN_PORT}`, PG_PORT: `${PG_PORT}` };
  // All visitors of a test come from one address.
  const env = { ...ports, INKSEAL_DATA: dataFolder, RATE_LIMIT_SCALE: '1000', ...environment };
  const program = runNode(UP, [], { env });
  await program.prints(/ready in/, READY_WITHIN_MS);
  const url = `http://127.0.0.1:${PORT}`;
  const visitor = () => new PortalClient(url);
  const smsCode = codeReader(path.join(dataFolder, 'sms-outbox.jsonl'));
  const reviewerCredentials = () =>
    JSON.parse(readFileSync(path.join(dataFolder, 'keys', 'reviewer.json'), 'utf8')) as Credentials; // written by the portal
  const member: LiveSystem['member'] = (options) => createMember({ visitor, smsCode }, options);
  const query = async (sql: string, values: unknown[] = []) => {
    const password = readFileSync(path.join(dataFolder, 'keys', 'postgres-password'), 'utf8').trim();
    const session = openSession(`postgresql://inkseal:${password}@127.0.0.1:${PG_PORT}/portal`, {});
    await session.connect();
    return session
      .query(sql, values)
      .then(({ rows }) => rows)
      .finally(() => session.end());
  };
  return {
    url,
    dataFolder,
    smsCode,
    visitor,
    member,
    query,
    async memberWithRole(role) {
      const client = await member({ verified: true });
      const { userNumber } = (await expectStatus(200, client.get('/me'))).body;
      await query(
        `INSERT INTO account_role (account_id, role, granted_by) SELECT id, $2, 'test' FROM account WHERE user_number = $1`,
        [String(userNumber).replace('ID', ''), role],
      );
      return client;
    },
    async importFrom(folder) {
      const run = runNode(IMPORT, ['--from', folder], { env });
      if ((await run.exited) !== 0) throw new RangeError(run.output());
    },
    reviewerCredentials,
    async reviewer() {
      const client = visitor();
      const { phone, password } = reviewerCredentials();
      await expectStatus(204, client.logIn(phone, password));
      return client;
    },
    async trustFile() {
      const answer = await fetch(`http://127.0.0.1:${LEDGER_PORT}/v1/trust`);
      const file = path.join(dataFolder, 'trust.json');
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
      return file;
    },
    async stop() {
      program.signal('SIGTERM');
      await program.exited;
      printInternalErrors(path.join(dataFolder, 'logs'));
    },
  };
}

/** Why an answer was an error that nobody foresaw: the test that met it sees only its status. */
function printInternalErrors(folder: string): void {
  const logs = ['portal', 'ledger'].map((name) => readFileSync(path.join(folder, `${name}.log`), 'utf8'));
  const found = logs.flatMap((log) => log.split('\n').filter((line) => line.includes('"msg":"internal"')));
  for (const line of found) console.log(`answered with an internal error: ${line}`);
}
