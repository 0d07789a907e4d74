// SPDX-License-Identifier: Apache-2.0
// How PostgreSQL ran each statement that a portal really sent: its module auto_explain sends every plan to the client as a notice.
import { Client } from 'pg';
import { migrate } from '../../portal-api/src/db/migrate.ts';
import type { TestPortal } from './portal.ts';
import { freshDatabase } from './postgres.ts';

const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'notice',
};

export interface Plan {
  statement: string;
  /** Large ones that it reads from end to end. */
  tables: string[];
}

/** Those that grow with the site; of the others PostgreSQL has next to nothing to read. */
const LARGE = new Set([
  'account',
  'identity',
  'organisation',
  'organisation_member',
  'organisation_version',
  'work',
  'work_file',
  'upload',
  'attestation',
  'attestation_file',
  'manifest',
  'payment',
  'review',
  'message',
  'publication',
  'publication_image',
  'right_holder',
  'right_holder_version',
  'outbox',
  'audit',
]);

/** Its URL. */
export async function explainedDatabase(): Promise<string> {
  const url = await freshDatabase({ name: 'portal', prepare: async (database) => void (await migrate(database)) });
  const client = new Client({ connectionString: url });
  await client.connect();
  const name = client.escapeIdentifier(new URL(url).pathname.slice(1));
  for (const [setting, value] of Object.entries(SETTINGS))
    await client.query(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
  await client.end();
  return url;
}

/** Of all statements from now on. */
export function collectPlans({ db: { pool } }: TestPortal, take: (plan: Plan) => void): void {
  const known = new WeakSet();
  pool.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    client.on('notice', ({ message = '' }) => {
      const [, json] = /plan:\n(.*)$/s.exec(message) ?? [];
      if (json) take(planOf(JSON.parse(json)));
    });
  });
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  Plans?: PlanNode[];
}

function planOf({ 'Query Text': statement, Plan: root }: { 'Query Text': string; Plan: PlanNode }): Plan {
  const tables = wholeReads(root, false).map((node) => node['Relation Name'] ?? '');
  return { statement, tables: tables.filter((table) => LARGE.has(table)) };
}

function wholeReads(node: PlanNode, isLimited: boolean): PlanNode[] {
  const below = isLimited || node['Node Type'] === 'Limit';
  const others = (node.Plans ?? []).flatMap((each) => wholeReads(each, below));
  return readsWhole(node, isLimited) ? [node, ...others] : others;
}

/** An index that is read without a condition is only an order; where it stops after a page, nothing may be filtered out. */
function readsWhole(node: PlanNode, isLimited: boolean): boolean {
  if (node['Node Type'] === 'Seq Scan') return true;
  if (!/^Index (Only )?Scan/.test(node['Node Type']) || node['Index Cond'] !== undefined) return false;
  return !isLimited || node.Filter !== undefined;
}
