// SPDX-License-Identifier: Apache-2.0
// Members of an organisation over HTTP: invitations, roles, removal, and who may do which of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { actFor, join, organisationOf } from '../../../test/support/organisations.ts';
import {
  createMember,
  expectStatus,
  newPhone,
  PASSWORD,
  type PortalAnswer,
  type PortalClient,
  type PortalMember,
} from '../../../test/support/portal.ts';

const INVITATIONS = '/organisations/current/invitations';
const MEMBERS = '/organisations/current/members';

describe('members of an organisation over HTTP', function () {
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

  const invite = (phone: string, role = 'CLERK', by: PortalClient = manager) => by.post(INVITATIONS, { phone, role });
  const answer = (by: PortalClient, id: string, given: string): Promise<PortalAnswer> =>
    by.post(`/invitations/${id}/answer`, { answer: given });
  const invitationOf = async (member: PortalClient): Promise<{ id: string; [name: string]: unknown }> =>
    (await expectStatus(200, member.get('/invitations'))).body.items[0];
  const listed = async (by: PortalClient = manager) => (await expectStatus(200, by.get(MEMBERS))).body;
  /** A clerk who acts for the organisation. */
  const newClerk = async (role: 'CLERK' | 'MANAGER' = 'CLERK'): Promise<PortalMember> => {
    const member = await portal.member();
    await join(manager, member, role);
    await actFor(member, organisationId);
    return member;
  };
  /** Of the membership of whoever asks. */
  const idOf = async (member: PortalClient): Promise<string> =>
    (await listed(member)).members.find(({ isMe }: { isMe: boolean }) => isMe).id;
  const roles = async () => (await listed()).members.map(({ role }: { role: string }) => role);

  it('when a manager invites a telephone without an account › it gets a message, registers, and accepts', async () => {
    const phone = newPhone();
    const sent = await expectStatus(201, invite(phone));
    expect(sent.body.invitations[0]).to.include({ phone: `${phone.slice(0, 3)}****${phone.slice(-4)}`, role: 'CLERK' });
    await eventually(() => {
      const lines = readFileSync(path.join(portal.dataFolder, 'sms-outbox.jsonl'), 'utf8').trim().split('\n');
      return lines.some((line) => line.includes(phone) && line.includes('有单位邀请您成为其成员'));
    });
    const invited = portal.visitor();
    Object.assign(invited, { phone, password: PASSWORD });
    await expectStatus(202, invited.post('/sms-codes', { phone, purpose: 'REGISTER' }));
    const form = {
      phone,
      code: await portal.smsCode(phone),
      password: PASSWORD,
      passwordRepeat: PASSWORD,
      consent: true,
    };
    await expectStatus(201, invited.post('/accounts', form));
    await expectStatus(204, invited.logIn(phone, PASSWORD));
    const invitation = await invitationOf(invited);
    expect(invitation).to.include({ organisationId, role: 'CLERK' });
    expect(invitation.organisation).to.match(/^青釉文化/);
    await expectStatus(204, answer(invited, invitation.id, 'accept'));
    await actFor(invited, organisationId);
    expect((await invited.get('/me')).body).to.deep.include({ actingFor: organisationId, isVerified: true });
    expect(await roles()).to.deep.equal(['MANAGER', 'CLERK']);
    expect((await listed()).invitations).to.deep.equal([]);
  });

  it('when somebody declines › is no member, and may be invited again', async () => {
    const invited = await portal.member();
    await expectStatus(201, invite(invited.phone));
    await expectStatus(204, answer(invited, (await invitationOf(invited)).id, 'decline'));
    expect((await invited.get('/me')).body.organisations).to.deep.equal([]);
    await expectStatus(201, invite(invited.phone));
    await expectStatus(204, answer(invited, (await invitationOf(invited)).id, 'accept'));
    expect(await roles()).to.deep.equal(['MANAGER', 'CLERK']);
  });

  it('replay › when an invitation was answered, withdrawn, replaced or has expired › is not found', async () => {
    const invited = await portal.member();
    const outdated = async (make: (id: string) => Promise<unknown>) => {
      await expectStatus(201, invite(invited.phone));
      const { id } = await invitationOf(invited);
      await make(id);
      return answer(invited, id, 'accept');
    };
    const answers = [
      await outdated((id) => expectStatus(204, answer(invited, id, 'decline'))),
      await outdated((id) => expectStatus(204, manager.delete(`${INVITATIONS}/${id}`))),
      await outdated(() => expectStatus(201, invite(invited.phone, 'MANAGER'))),
      await outdated((id) =>
        portal.db.query(`UPDATE organisation_invitation SET expires_at = now() WHERE id = $1`, [id]),
      ),
    ];
    for (const { status, code } of answers) expect([status, code]).to.deep.equal([404, 'invitation-not-found']);
    expect(await invitationOf(invited)).to.equal(undefined);
    expect(await roles()).to.deep.equal(['MANAGER']);
  });

  it('replay › when an invitation is accepted twice at once, or after the member was removed › counts once', async () => {
    const invited = await portal.member();
    await expectStatus(201, invite(invited.phone));
    const { id } = await invitationOf(invited);
    await invited.csrfHeader();
    const answers = await Promise.all([1, 2, 3].map(() => answer(invited, id, 'accept')));
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([204, 404, 404]);
    expect(await roles()).to.deep.equal(['MANAGER', 'CLERK']);
    await actFor(invited, organisationId);
    await expectStatus(204, manager.delete(`${MEMBERS}/${await idOf(invited)}`));
    await invited.get('/me');
    expect((await answer(invited, id, 'accept')).code).to.equal('invitation-not-found');
    expect(await roles()).to.deep.equal(['MANAGER']);
  });

  it("by a guessed id › when it is another's invitation, member or organisation › finds nothing", async () => {
    const invited = await portal.member();
    await expectStatus(201, invite(invited.phone));
    const { id } = await invitationOf(invited);
    const clerk = await newClerk();
    const memberId = await idOf(clerk);
    const stranger = await portal.member();
    const other = await portal.member();
    await organisationOf(portal, [[other, 'MANAGER']]);
    for (const given of ['accept', 'decline'])
      for (const by of [stranger, other, clerk])
        expect((await answer(by, id, given)).code).to.equal('invitation-not-found');
    expect((await other.delete(`${INVITATIONS}/${id}`)).code).to.equal('invitation-not-found');
    expect((await other.put(`${MEMBERS}/${memberId}`, { role: 'MANAGER' })).code).to.equal('member-not-found');
    expect((await other.delete(`${MEMBERS}/${memberId}`)).code).to.equal('member-not-found');
    expect((await other.post('/organisations/current/handover', { memberId })).code).to.equal('member-not-found');
    expect((await stranger.put('/session/acting', { organisationId })).code).to.equal('organisation-not-found');
    await expectStatus(204, answer(invited, id, 'accept'));
  });

  it("a clerk › when they try a manager's acts › is forbidden, and sees no invitation", async () => {
    const clerk = await newClerk();
    await expectStatus(201, invite(newPhone()));
    const [managerId, clerkId] = [await idOf(manager), await idOf(clerk)];
    const [{ id: invitationId }] = (await listed()).invitations;
    const tries = [
      invite(newPhone(), 'MANAGER', clerk),
      clerk.delete(`${INVITATIONS}/${invitationId}`),
      clerk.put(`${MEMBERS}/${clerkId}`, { role: 'MANAGER' }),
      clerk.delete(`${MEMBERS}/${managerId}`),
      clerk.post('/organisations/current/handover', { memberId: clerkId }),
    ];
    for (const refused of await Promise.all(tries))
      expect([refused.status, refused.code]).to.deep.equal([403, 'forbidden']);
    expect((await listed(clerk)).invitations).to.deep.equal([]);
    expect(await roles()).to.deep.equal(['MANAGER', 'CLERK']);
  });

  it('for themselves › when a manager acts for nobody › has no members to manage', async () => {
    await actFor(manager, null);
    expect((await invite(newPhone())).code).to.equal('forbidden');
    expect((await manager.get(MEMBERS)).code).to.equal('identity-required');
    expect((await manager.delete('/organisations/current/membership')).code).to.equal('organisation-not-found');
  });

  it('the last manager › when they leave, or step down › is refused, until somebody else manages', async () => {
    const clerk = await newClerk();
    const [managerId, clerkId] = [await idOf(manager), await idOf(clerk)];
    const tries = [
      await manager.delete('/organisations/current/membership'),
      await manager.delete(`${MEMBERS}/${managerId}`),
      await manager.put(`${MEMBERS}/${managerId}`, { role: 'CLERK' }),
    ];
    for (const { status, code } of tries) expect([status, code]).to.deep.equal([409, 'last-manager']);
    await expectStatus(204, manager.post('/organisations/current/handover', { memberId: clerkId }));
    expect(await roles()).to.deep.equal(['CLERK', 'MANAGER']);
    await expectStatus(204, manager.delete('/organisations/current/membership'));
    expect((await manager.get('/me')).body).to.deep.include({ actingFor: null, organisations: [] });
    expect((await listed(clerk)).members).to.have.length(1);
  });

  it('two managers › when both leave at once › one of them has to stay', async () => {
    const second = await newClerk('MANAGER');
    await Promise.all([manager.csrfHeader(), second.csrfHeader()]);
    const answers = await Promise.all(
      [manager, second].map((each) => each.delete('/organisations/current/membership')),
    );
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([204, 409]);
  });

  it('a change of role › when a clerk becomes manager › holds with their next request', async () => {
    const clerk = await newClerk();
    await expectStatus(204, manager.put(`${MEMBERS}/${await idOf(clerk)}`, { role: 'MANAGER' }));
    await expectStatus(201, invite(newPhone(), 'CLERK', clerk));
    await expectStatus(204, clerk.put(`${MEMBERS}/${await idOf(manager)}`, { role: 'CLERK' }));
    expect((await invite(newPhone())).code).to.equal('forbidden');
  });

  it('an invitation › when it is to a member, or there are too many › says so', async () => {
    const clerk = await newClerk();
    expect((await invite(clerk.phone)).code).to.equal('already-member');
    await portal.db.query(
      `INSERT INTO organisation_invitation (id, organisation_id, phone_cipher, phone_index, phone_masked, role, invited_by, expires_at)
       SELECT gen_random_uuid(), $1, '\\x00', decode(lpad(to_hex(n), 64, '0'), 'hex'), '***', 'CLERK', m.account_id, now() + interval '1 day'
       FROM generate_series(1, 50) AS n, (SELECT account_id FROM organisation_member WHERE organisation_id = $1 LIMIT 1) AS m`,
      [organisationId],
    );
    expect((await invite(newPhone())).code).to.equal('too-many-invitations');
    await portal.db.query(`DELETE FROM organisation_invitation WHERE phone_masked = '***'`);
    expect((await invite('12345')).fields).to.deep.equal(['phone: malformed']);
  });

  it('audit › when somebody invites, joins, is promoted and removed › names each act, its actor and the organisation', async () => {
    const clerk = await newClerk();
    const id = await idOf(clerk);
    await expectStatus(204, manager.put(`${MEMBERS}/${id}`, { role: 'MANAGER' }));
    await expectStatus(204, manager.delete(`${MEMBERS}/${id}`));
    const rows = await portal.db.query<{ actor: string; action: string }>(
      `SELECT actor, action FROM audit WHERE subject = $1 AND seq > (
         SELECT max(seq) FROM audit WHERE subject = $1 AND action = 'organisation.approve') ORDER BY seq`,
      [`organisation:${organisationId}`],
    );
    expect(rows.map(({ action }) => action)).to.deep.equal([
      'organisation.invite',
      'organisation.accept-invitation',
      'organisation.join',
      'organisation.change-role',
      'organisation.remove-member',
    ]);
    expect(new Set(rows.map(({ actor }) => actor)).size).to.equal(2);
  });

  it('names of members › when one is not verified › are masked, or missing', async () => {
    const known = await createMember(portal, { verified: true });
    await join(manager, known, 'CLERK');
    const { members } = await listed();
    expect(members.map(({ name, isMe }: { name: string; isMe: boolean }) => [name, isMe])).to.deep.equal([
      [null, true],
      ['测**', false],
    ]);
    expect(members[1].phone).to.equal(`${known.phone.slice(0, 3)}****${known.phone.slice(-4)}`);
  });
});
