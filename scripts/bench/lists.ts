// SPDX-License-Identifier: Apache-2.0
// Every list and search of a site in use, asked by 20 users at once over HTTP; beside `/healthz` under the same load, which
// reads nothing. That no list reads a table from end to end is tested in portal-api/src/operations/list-plans.test.ts.
import path from 'node:path';
import { Client } from 'pg';
import { readOrMakeKeyFile } from '../../portal-api/src/crypto/key-file.ts';
import { createVault } from '../../portal-api/src/crypto/vault.ts';
import { codeReader, createMember, PortalClient, type PortalMember } from '../../test/support/portal.ts';
import { freshDatabase } from '../../test/support/postgres.ts';
import { runNode } from '../../test/support/processes.ts';
import { SITE, type SiteSize, seedSite } from '../../test/support/seeded-site.ts';
import { actingForOrganisation, askList, nameOf, SITE_LISTS, type SiteList } from '../../test/support/site-lists.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/ports.ts';
import { useDurablePostgres } from './durable-postgres.ts';
import { type Figure, percentile, round } from './figure.ts';

export interface ListsSize extends SiteSize {
  users: number;
  /** To each list. */
  requests: number;
}

const LISTS_SIZE: ListsSize = { ...SITE, users: 20, requests: 200 };

const READY_WITHIN_MS = 300_000;
const PORTAL = path.resolve(import.meta.dirname, '../../portal-api/src/main.ts');

export async function measureLists(size: ListsSize = LISTS_SIZE): Promise<Figure[]> {
  await useDurablePostgres();
  const databaseUrl = await freshDatabase();
  const port = await freePort();
  const folder = temporaryFolder('inkseal-bench-');
  const portal = runNode(PORTAL, [], { env: settings(databaseUrl, port, folder) });
  const client = new Client({ connectionString: databaseUrl });
  try {
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the portal', withinMs: READY_WITHIN_MS });
    await client.connect();
    const users = await usersOf(url, folder, size.users);
    await seedSite(client, createVault(readOrMakeKeyFile(path.join(folder, 'keys', 'portal-master-key.json'))), size);
    const clerks: PortalClient[] = [];
    for (const user of users) clerks.push(await actingForOrganisation(new PortalClient(url), user));
    const idle = await p95Of(users, size.requests, (user) => user.get('/healthz'));
    const figures: Figure[] = [];
    const measure = (list: SiteList, requests: number) =>
      p95Of(list.isOrganisation ? clerks : users, requests, (user) => askList(user, list));
    // A portal that has just started compiles first what it runs often.
    for (const list of SITE_LISTS) await measure(list, size.users);
    for (const list of SITE_LISTS) {
      const p95 = await measure(list, size.requests);
      figures.push(figureOf(nameOf(list), { p95, idle, size }));
    }
    return figures;
  } finally {
    await client.end();
    await portal.kill();
  }
}

/** All of one portal, behind budgets that one address does not use up. */
function settings(databaseUrl: string, port: number, folder: string): Record<string, string> {
  return {
    PORTAL_DATABASE_URL: databaseUrl,
    PORT: String(port),
    INKSEAL_DATA: folder,
    LEDGER_API_KEY_FILE: '/dev/null',
    LOG_LEVEL: 'info',
    RATE_LIMIT_SCALE: '1000000',
  };
}

async function usersOf(url: string, folder: string, count: number): Promise<PortalMember[]> {
  const smsCode = codeReader(path.join(folder, 'sms-outbox.jsonl'));
  const users: PortalMember[] = [];
  for (let user = 0; user < count; user += 1)
    users.push(await createMember({ visitor: () => new PortalClient(url), smsCode }));
  return users;
}

async function p95Of(
  users: readonly PortalClient[],
  requests: number,
  ask: (user: PortalClient) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  let left = requests;
  const lane = async (user: PortalClient) => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await ask(user);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(users.map(lane));
  return percentile(times, 95);
}

function figureOf(name: string, { p95, idle, size }: { p95: number; idle: number; size: ListsSize }): Figure {
  return {
    name: `${name}, p95`,
    unit: 'ms',
    ours: round(p95),
    peer: { name: '/healthz, as many users', value: round(idle) },
    comparison: 'cost',
    target: { on: 'ours', atMost: 150 },
    details: { ...size },
  };
}
