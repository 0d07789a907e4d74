// SPDX-License-Identifier: Apache-2.0
// On a site in use no list and no search reads a table from end to end. PostgreSQL itself says how it ran each statement that a
// request really sent: its module auto_explain sends every plan to the client as a notice.
import path from 'node:path';
import { expect } from 'chai';
import { Client } from 'pg';
import { type PortalClient, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { seedSite } from '../../../test/support/seeded-site.ts';
import { actingForOrganisation, askList, nameOf, SITE_LISTS } from '../../../test/support/site-lists.ts';
import { readOrMakeKeyFile } from '../crypto/key-file.ts';
import { createVault } from '../crypto/vault.ts';
import { migrate } from '../db/migrate.ts';

const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'notice',
};

describe('lists of a site in use', function () {
  this.timeout(300_000);
  let portal: TestPortal;
  let member: PortalMember;
  let clerk: PortalClient;
  let plans: Plan[] = [];
  before(async () => {
    const url = await freshDatabase({ name: 'portal', prepare: async (database) => void (await migrate(database)) });
    const client = new Client({ connectionString: url });
    await client.connect();
    const name = client.escapeIdentifier(new URL(url).pathname.slice(1));
    for (const [setting, value] of Object.entries(SETTINGS))
      await client.query(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
    portal = await startPortal({ environment: { PORTAL_DATABASE_URL: url } });
    collectPlans(portal, (plan) => plans.push(plan));
    member = await portal.member();
    await seedSite(
      client,
      createVault(readOrMakeKeyFile(path.join(portal.dataFolder, 'keys', 'portal-master-key.json'))),
    );
    await client.end();
    clerk = await actingForOrganisation(portal.visitor(), member);
  });
  after(() => portal.stop());

  for (const list of SITE_LISTS)
    it(`${nameOf(list)} › when the tables are large › reads none of them from end to end`, async () => {
      const wholeReads = async () => {
        plans = [];
        await askList(list.isOrganisation ? clerk : member, list);
        expect(plans.length, 'statements that were explained').to.be.above(1);
        return plans.flatMap(({ statement, tables }) => (tables.length > 0 ? [`${tables}: ${statement}`] : []));
      };
      const reads = await wholeReads();
      // What background work happened to read meanwhile is not there a second time.
      const again = new Set(await wholeReads());
      expect(reads.filter((read) => again.has(read))).to.deep.equal([]);
    });
});

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

interface Plan {
  statement: string;
  /** Those that it reads from end to end. */
  tables: string[];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** Of all statements from now on. */
function collectPlans({ db: { pool } }: TestPortal, take: (plan: Plan) => void): void {
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

function planOf({ 'Query Text': statement, Plan: root }: { 'Query Text': string; Plan: PlanNode }): Plan {
  const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const whole = nodes(root).filter(
    (node) => node['Node Type'] === 'Seq Scan' && LARGE.has(node['Relation Name'] ?? ''),
  );
  return { statement, tables: whole.map((node) => node['Relation Name'] ?? '') };
}
