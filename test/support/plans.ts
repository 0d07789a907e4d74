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
  Plans?: PlanNode[];
}

function planOf({ 'Query Text': statement, Plan: root }: { 'Query Text': string; Plan: PlanNode }): Plan {
  const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const whole = nodes(root).filter(
    (node) => node['Node Type'] === 'Seq Scan' && LARGE.has(node['Relation Name'] ?? ''),
  );
  return { statement, tables: whole.map((node) => node['Relation Name'] ?? '') };
}
