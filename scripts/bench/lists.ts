// SPDX-License-Identifier: Apache-2.0
// Every list and search of a site in use, asked by 20 users at once over HTTP; beside `/healthz` under the same load, which
// reads nothing. No list may read one of its tables from end to end.
import path from 'node:path';
import { Client } from 'pg';
import { codeReader, createMember, type PortalMember, PortalClient } from '../../test/support/portal.ts';
import { freshDatabase } from '../../test/support/postgres.ts';
import { runNode } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/ports.ts';
import { useDurablePostgres } from './durable-postgres.ts';
import { type Figure, percentile, round } from './figure.ts';
import { type SiteSize, seedSite } from './lists-seed.ts';

export interface ListsSize extends SiteSize {
  users: number;
  /** To each list. */
  requests: number;
}

const SITE: ListsSize = {
  members: 1_000,
  organisations: 200,
  works: 10_000,
  rightHolders: 5_000,
  users: 20,
  requests: 1_000,
};

/** Each with the least number of items that its first page has to hold: a list that finds nothing is fast for no good reason. */
const LISTS: Readonly<Record<string, number>> = {
  '/works': 1,
  '/works?search=青花': 1,
  '/attestations': 1,
  '/right-holders': 1,
  '/messages': 1,
  '/publications': 1,
  '/publications?keyword=青花人偶': 1,
  '/publications?category=MUSIC': 1,
  '/staff/attestations?state=UNDER_REVIEW': 1,
  '/staff/publications': 1,
};

const TABLES = ['account', 'work', 'upload', 'work_file', 'attestation', 'message', 'publication', 'right_holder'];
const READY_WITHIN_MS = 60_000;
const PORTAL = path.resolve(import.meta.dirname, '../../portal-api/src/main.ts');

export async function measureLists(size: ListsSize = SITE): Promise<Figure[]> {
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
    await seedSite(client, size);
    await client.query(`INSERT INTO account_role SELECT id, 'reviewer', now(), 'bench' FROM account ORDER BY user_number LIMIT $1`, [
      size.users,
    ]);
    const idle = await p95Of('/healthz', 0, users, size.requests);
    const figures: Figure[] = [];
    for (const [list, fewest] of Object.entries(LISTS)) {
      await p95Of(list, fewest, users, size.users);
      const before = await wholeReads(client);
      const p95 = await p95Of(list, fewest, users, size.requests);
      const reads = (await wholeReads(client)) - before;
      figures.push(figureOf(list, p95, idle, { ...size, 'tables read from end to end': reads }));
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
    users.push(await createMember({ visitor: () => new PortalClient(url), smsCode }, { verified: true }));
  return users;
}

async function p95Of(list: string, fewest: number, users: readonly PortalMember[], requests: number): Promise<number> {
  const times: number[] = [];
  let left = requests;
  const lane = async (user: PortalMember) => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      const { status, body } = await user.get(list);
      times.push(performance.now() - startedAt);
      if (status !== 200 || (body?.items?.length ?? 0) < fewest)
        throw new RangeError(`${list}: ${status} ${JSON.stringify(body).slice(0, 200)}`);
    }
  };
  await Promise.all(users.map(lane));
  return percentile(times, 95);
}

/** PostgreSQL counts the scans of whole tables, ours and those of background work. */
async function wholeReads(client: Client): Promise<number> {
  const text = 'SELECT sum(seq_scan)::int AS reads FROM pg_stat_user_tables WHERE relname = ANY($1)';
  // Sessions report what they have read once a second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { rows } = await client.query<{ reads: number }>(text, [TABLES]);
  return rows[0]?.reads ?? Number.NaN;
}

function figureOf(list: string, p95: number, idle: number, details: Record<string, number>): Figure {
  return {
    name: `${list}, p95`,
    unit: 'ms',
    ours: round(p95),
    peer: { name: '/healthz, as many users', value: round(idle) },
    comparison: 'cost',
    target: { on: 'ours', atMost: 150 },
    details,
  };
}
