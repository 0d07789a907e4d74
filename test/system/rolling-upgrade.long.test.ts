// SPDX-License-Identifier: Apache-2.0
// A rolling upgrade: the databases of the last release get today's migrations while programs of that release go on. So a
// migration may add, and may not take away or ask for more: what is no longer used goes with a later release, as CONTRACT says.

import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createMigrations } from '@inkseal/service-kit';
import { expect } from 'chai';
import { Client } from 'pg';
import { migrate as migrateLedger } from '../../ledger-service/src/db/migrate.ts';
import { migrate as migratePortal } from '../../portal-api/src/db/migrate.ts';
import { LAST_RELEASE } from '../../scripts/checks/last-release.ts';
import { freshDatabase } from '../support/postgres.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Columns and tables that went since, each no longer used by the last release: `table.column`, with the reason. */
const CONTRACT: Readonly<Record<string, string>> = {};

const ROOT = path.resolve(import.meta.dirname, '..', '..');

interface Column {
  name: string;
  type: string;
  mayBeLeftOut: boolean;
}

describe('rolling upgrade from the last release', function () {
  this.timeout(120_000);

  for (const [service, migrate] of [
    ['ledger-service', migrateLedger],
    ['portal-api', migratePortal],
  ] as const) {
    it(`when ${service} migrates › programs of the last release find every column, and need no new one`, async () => {
      const url = await databaseOf(service);
      const [before, stop] = [await columnsIn(url), keepReading(url)];
      expect(await migrate(url)).to.not.deep.equal([]);
      expect(await stop()).to.be.greaterThan(0);
      const after = await columnsIn(url);
      for (const [name, { type }] of before)
        if (!(name in CONTRACT)) expect(after.get(name)?.type, `${name} went, or has another type`).to.equal(type);
      const tables = new Set([...before.keys()].map(tableOf));
      const asked = [...after].filter(([name, { mayBeLeftOut }]) => !mayBeLeftOut && tables.has(tableOf(name)));
      const added = asked.map(([name]) => name).filter((name) => before.get(name)?.mayBeLeftOut !== false);
      expect(added, 'what the last release writes lacks these').to.deep.equal([]);
      expect(Object.keys(CONTRACT).filter((name) => after.has(name))).to.deep.equal([]);
    });
  }

  it('when the ledger of the last release takes entries meanwhile › loses and refuses none', async () => {
    const url = await databaseOf('ledger-service');
    const clientId = randomUUID();
    await withClient(url, (client) => client.query(`INSERT INTO client (id, name) VALUES ($1, 'old')`, [clientId]));
    const stop = repeatedly(url, async (client) => {
      const id = randomUUID();
      await client.query(
        `INSERT INTO entry (id, client_id, reference, kind, sha256, received_at) VALUES ($1, $2, $3, 'attestation', $4, now())`,
        [id, clientId, id, randomBytes(32)],
      );
      await client.query('INSERT INTO entry_reference (client_id, reference, entry_id) VALUES ($1, $2, $3)', [
        clientId,
        id,
        id,
      ]);
    });
    await migrateLedger(url);
    const taken = await stop();
    const { rows } = await withClient(url, (client) => client.query('SELECT count(*)::int AS count FROM entry'));
    expect([taken > 0, rows[0].count]).to.deep.equal([true, taken]);
  });
});

/** As the last release left it. */
async function databaseOf(service: keyof typeof LAST_RELEASE): Promise<string> {
  const [all, folder] = [path.join(ROOT, service, 'prisma', 'migrations'), path.join(temporaryFolder(), 'migrations')];
  mkdirSync(folder);
  cpSync(path.join(all, '..', 'schema.prisma'), path.join(folder, '..', 'schema.prisma'));
  for (const name of readdirSync(all))
    if (name <= LAST_RELEASE[service] || name.endsWith('.toml'))
      cpSync(path.join(all, name), path.join(folder, name), { recursive: true });
  const lock = { space: 1, key: 1 };
  const rethrow = (error: unknown): never => {
    throw error;
  };
  const url = await freshDatabase();
  await createMigrations({ folder, applicationName: 'last-release', lock, rethrow }).migrate(url);
  return url;
}

/** `table.column`. A column may be left out by who does not know it when it may be null, has a default or is computed. */
async function columnsIn(url: string): Promise<Map<string, Column>> {
  const { rows } = await withClient(url, (client) =>
    client.query<Column>(
      `SELECT table_name || '.' || column_name AS name, udt_name AS type,
         is_nullable = 'YES' OR column_default IS NOT NULL OR is_generated <> 'NEVER' OR is_identity = 'YES' AS "mayBeLeftOut"
       FROM information_schema.columns WHERE table_schema = 'public'`,
    ),
  );
  return new Map(rows.map((row) => [row.name, row]));
}

const tableOf = (name: string): string => name.slice(0, name.indexOf('.'));

/** Names every column of every table, as the programs of that release do. */
function keepReading(url: string): () => Promise<number> {
  const known = columnsIn(url);
  return repeatedly(url, async (client) => {
    for (const [table, names] of Map.groupBy((await known).keys(), tableOf)) {
      const columns = names.map((name) => `"${name.slice(table.length + 1)}"`);
      if (!names.some((name) => name in CONTRACT)) await client.query(`SELECT ${columns} FROM "${table}" LIMIT 1`);
    }
  });
}

/** Answers how often it was done until it was stopped; what fails is thrown then. */
function repeatedly(url: string, work: (client: Client) => Promise<void>): () => Promise<number> {
  let isOver = false;
  const done = withClient(url, async (client) => {
    let times = 0;
    for (; !isOver; times += 1) await work(client);
    return times;
  });
  const settled = Promise.allSettled([done]);
  return async () => {
    isOver = true;
    await settled;
    return done;
  };
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}
