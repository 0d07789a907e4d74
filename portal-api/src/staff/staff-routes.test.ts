// SPDX-License-Identifier: Apache-2.0
// Every operation below /staff, asked by nobody, by a member and by each role: whoever may not is refused before anything
// else of the request is looked at.
import { expect } from 'chai';
import { type PortalClient, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { portalOperations } from '../describe.ts';
import { ROLES } from '../http/members.ts';

const NO_ID = '00000000-0000-4000-8000-000000000000';
const REFUSED = ['unauthenticated', 'forbidden', 'second-step-required'];

describe('staff operations by role', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  const askers = new Map<string, PortalClient>();
  before(async () => {
    portal = await startPortal();
    askers.set('nobody', portal.visitor());
    askers.set('member', await portal.member({ verified: true }));
    for (const role of ROLES) askers.set(role, await staffMember(portal, role));
  });
  after(() => portal.stop());

  const operations = portalOperations().session.filter(({ path }) => path.startsWith('/staff'));

  it('when the list of operations is read › each below /staff names the roles that may call it', () => {
    expect(operations.length).to.be.at.least(15);
    for (const { path, access } of operations) expect(access, path).to.have.property('staff');
  });

  it('an auditor › reads everything that staff read, and changes no record', () => {
    const allowed = operations.filter(({ access }) => typeof access === 'object' && access.staff.includes('auditor'));
    const named = (some: typeof operations) => some.map(({ method, path }) => `${method} ${path}`).toSorted();
    const reads = operations.filter(({ method }) => method === 'get');
    // Pictures of identity documents are opened by whoever decides on them, with a reason and for some minutes.
    // Whoever downloads from a case of assistance hands records out.
    const secret = [
      'get /staff/accounts/{id}/identity-pictures/{side}',
      ...['bundle', 'files/{uploadId}', 'package'].map(
        (what) => `get /staff/assistance-cases/{id}/orders/{orderId}/${what}`,
      ),
      'get /staff/identities/{id}/pictures/{side}',
      'get /staff/organisations/{id}/licence',
    ];
    expect(named(reads.filter((each) => !allowed.includes(each)))).to.deep.equal(secret);
    // Searches whose terms must not stand in an address, what the audit log itself offers, and what an audit has found.
    const harmless = ['account-searches', 'audit-exports', 'audit-reports', 'audit-verifications'];
    expect(named(allowed.filter((each) => !reads.includes(each)))).to.deep.equal(
      harmless.map((name) => `post /staff/${name}`),
    );
  });

  for (const { method, path, access } of operations)
    it(`${method} ${path} › when each role asks › refuses all but its own`, async () => {
      const allowed: readonly string[] = typeof access === 'object' ? access.staff : [];
      for (const [name, client] of askers) {
        const code = await codeFor(client, method, path);
        const expected = name === 'nobody' ? 'unauthenticated' : allowed.includes(name) ? 'allowed' : 'forbidden';
        expect(`${name}: ${code && REFUSED.includes(code) ? code : 'allowed'}`).to.equal(`${name}: ${expected}`);
      }
    });

  async function codeFor(client: PortalClient, method: string, path: string): Promise<string | undefined> {
    const address = path.replaceAll(/\{\w+\}/g, NO_ID);
    if (method === 'get') return (await client.get(address)).code;
    if (method === 'put') return (await client.put(address, {})).code;
    if (method === 'delete') return (await client.delete(address)).code;
    return (await client.post(address, {})).code;
  }
});
