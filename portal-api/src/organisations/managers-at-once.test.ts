// SPDX-License-Identifier: Apache-2.0
// Managers of one organisation who act at the same moment: one of them stays, and whoever was removed does nothing any more.
import { openSession } from '@inkseal/service-kit';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { actFor, join, organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, newPhone, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';

const INVITATIONS = '/organisations/current/invitations';
const MEMBERS = '/organisations/current/members';

describe('managers at the same moment', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let manager: PortalMember;
  let organisationId: string;
  before(async () => {
    portal = await startOrdersPortal({});
  });
  after(() => portal.stop());
  beforeEach(async () => {
    manager = await portal.member();
    organisationId = await organisationOf(portal, [[manager, 'MANAGER']]);
  });

  const listed = async (by: PortalClient = manager) => (await expectStatus(200, by.get(MEMBERS))).body;
  const newClerk = async (role: 'CLERK' | 'MANAGER' = 'CLERK'): Promise<PortalMember> => {
    const member = await portal.member();
    await join(manager, member, role);
    await actFor(member, organisationId);
    return member;
  };
  /** Of the membership of whoever asks. */
  const idOf = async (member: PortalClient): Promise<string> =>
    (await listed(member)).members.find(({ isMe }: { isMe: boolean }) => isMe).id;
  const managersOf = async (id: string) => {
    const [row] = await portal.db.query(
      `SELECT count(*)::int AS count FROM organisation_member
       WHERE organisation_id = $1 AND role = 'MANAGER' AND removed_at IS NULL`,
      [id],
    );
    return row?.count;
  };
  const accountOf = async ({ phone }: PortalMember) => {
    const index = [portal.vault.blindIndex('phone', phone)];
    return (await portal.db.query('SELECT id FROM account WHERE phone_index = $1', index))[0]?.id;
  };
  const waitingForLocks = async () => {
    const [row] = await portal.db.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.count;
  };

  it('two managers › when each removes the other at once › one of them stays', async () => {
    const second = await newClerk('MANAGER');
    const [firstId, secondId] = [await idOf(manager), await idOf(second)];
    await Promise.all([manager.csrfHeader(), second.csrfHeader()]);
    const answers = await Promise.all([
      manager.delete(`${MEMBERS}/${secondId}`),
      second.delete(`${MEMBERS}/${firstId}`),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([204, 403]);
    expect(await managersOf(organisationId)).to.equal(1);
  });

  it('a manager › when they are removed while their own request waits › changes nothing any more', async () => {
    const third = await newClerk('MANAGER');
    const clerk = await newClerk();
    const clerkId = await idOf(clerk);
    await expectStatus(201, manager.post(INVITATIONS, { phone: newPhone(), role: 'CLERK' }));
    const [{ id: invitationId }] = (await listed()).invitations;
    await third.csrfHeader();
    const tries = [
      () => third.delete(`${MEMBERS}/${clerkId}`),
      () => third.put(`${MEMBERS}/${clerkId}`, { role: 'MANAGER' }),
      () => third.post('/organisations/current/handover', { memberId: clerkId }),
      () => third.post(INVITATIONS, { phone: newPhone(), role: 'MANAGER' }),
      () => third.delete(`${INVITATIONS}/${invitationId}`),
    ];
    const session = openSession(portal.db.url, {});
    await session.connect();
    try {
      // Whoever removes them is first at the lock; their requests were let in before, and wait for it.
      await session.query('BEGIN');
      await session.query('SELECT 1 FROM organisation WHERE id = $1 FOR UPDATE', [organisationId]);
      const answers = tries.map((attempt) => attempt());
      await eventually(async () => Number(await waitingForLocks()) >= tries.length);
      await session.query('UPDATE organisation_member SET removed_at = now() WHERE account_id = $1', [
        await accountOf(third),
      ]);
      await session.query('COMMIT');
      for (const { status, code } of await Promise.all(answers))
        expect([status, code]).to.deep.equal([403, 'forbidden']);
    } finally {
      await session.end();
    }
    expect((await listed()).members.map(({ role }: { role: string }) => role)).to.deep.equal(['MANAGER', 'CLERK']);
    expect((await listed()).invitations.map(({ id }: { id: string }) => id)).to.deep.equal([invitationId]);
  });
});
