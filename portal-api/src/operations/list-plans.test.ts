// SPDX-License-Identifier: Apache-2.0
// On a site in use no list, no search, no step of an order and no periodic work reads a table from end to end: it would cost the more,
// the more there is. PostgreSQL itself says how it ran each statement that was really sent (test/support/plans.ts).
import path from 'node:path';
import { expect } from 'chai';
import { Client } from 'pg';
import { paidOrder } from '../../../test/support/orders.ts';
import { collectPlans, explainedDatabase, type Plan } from '../../../test/support/plans.ts';
import { type PortalClient, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { seedSite } from '../../../test/support/seeded-site.ts';
import { actingForOrganisation, askList, nameOf, SITE_LISTS } from '../../../test/support/site-lists.ts';
import { readOrMakeKeyFile } from '../crypto/key-file.ts';
import { createVault } from '../crypto/vault.ts';

describe('statements of a site in use', function () {
  this.timeout(300_000);
  let portal: TestPortal;
  let member: PortalMember;
  let clerk: PortalClient;
  let plans: Plan[] = [];
  before(async () => {
    const url = await explainedDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
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

  const wholeReads = () =>
    plans.flatMap(({ statement, tables }) => (tables.length > 0 ? [`${tables}: ${statement}`] : []));

  it('an order › when the tables are large › reads none of them from end to end, up to its payment', async () => {
    plans = [];
    await paidOrder(await portal.member({ verified: true }));
    expect(plans.length, 'statements that were explained').to.be.above(100);
    expect(wholeReads()).to.deep.equal([]);
  });

  it('periodic work › when the tables are large › reads none of them from end to end', async () => {
    await portal.sweep(new Date());
    plans = [];
    await portal.sweep(new Date());
    expect(plans.length, 'statements that were explained').to.be.above(10);
    expect(wholeReads()).to.deep.equal([]);
  });

  for (const list of SITE_LISTS)
    it(`${nameOf(list)} › when the tables are large › reads none of them from end to end`, async () => {
      const readsOf = async () => {
        plans = [];
        await askList(list.isOrganisation ? clerk : member, list);
        expect(plans.length, 'statements that were explained').to.be.above(1);
        return wholeReads();
      };
      const reads = await readsOf();
      // What background work happened to read meanwhile is not there a second time.
      const again = new Set(await readsOf());
      expect(reads.filter((read) => again.has(read))).to.deep.equal([]);
    });
});
