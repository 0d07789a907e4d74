// SPDX-License-Identifier: Apache-2.0
// Organisations, and members who act for them.
import type { OrdersPortal } from './orders.ts';
import { expectStatus, type PortalClient, type PortalMember, photo, type TestPortal } from './portal.ts';

const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
let codes = 0;

/** A unified social credit code with the right check character, another one at each call. */
export function newCreditCode(): string {
  codes += 1;
  const digits = `91370100MA3CX${String(codes).padStart(4, '0')}`;
  const sum = [...digits].reduce((total, sign, index) => total + CODE_ALPHABET.indexOf(sign) * (3 ** index % 31), 0);
  return digits + CODE_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The form of an organisation that nobody else states. */
export async function organisationForm(member: PortalClient, changes: object = {}) {
  const picture = { 'Content-Type': 'image/jpeg' };
  const sent = await expectStatus(201, member.sendBytes('POST', '/organisations/licences', await photo(), picture));
  const creditCode = newCreditCode();
  return {
    name: `青釉文化（济南）有限公司${codes}部`,
    creditCode,
    licenceImageId: sent.body.id as string,
    phone: '0531-88886666',
    representative: '欧阳小明',
    email: 'office@example.org',
    address: '山东省济南市历下区测试路1号',
    consent: true,
    ...changes,
  };
}

/** Waits for its review; the member acts for it. */
export async function foundOrganisation(member: PortalClient, changes: object = {}): Promise<string> {
  const form = await organisationForm(member, changes);
  return (await expectStatus(201, member.post('/organisations', form))).body.id;
}

export async function approveOrganisation(reviewer: PortalClient, id: string): Promise<void> {
  const { version } = (await expectStatus(200, reviewer.get(`/staff/organisations/${id}`))).body;
  const decision = { version, decision: 'APPROVE', reasons: [] };
  await expectStatus(200, reviewer.post(`/staff/organisations/${id}/decision`, decision));
}

/** A verified organisation with these members, the first of them its founder; each acts for it from now on. */
export async function organisationOf(
  portal: Pick<OrdersPortal, 'reviewer'>,
  [founder, ...members]: readonly (readonly [PortalMember, 'MANAGER' | 'CLERK'])[],
): Promise<string> {
  if (founder?.[1] !== 'MANAGER') throw new Error('the first member is the manager');
  const id = await foundOrganisation(founder[0]);
  await approveOrganisation(await portal.reviewer(), id);
  for (const [member, role] of members) await join(founder[0], member, role);
  for (const [member] of members) await actFor(member, id);
  return id;
}

/** Invited by the manager, and accepted. */
export async function join(manager: PortalClient, member: PortalMember, role: 'MANAGER' | 'CLERK'): Promise<void> {
  await expectStatus(201, manager.post('/organisations/current/invitations', { phone: member.phone, role }));
  const { items } = (await expectStatus(200, member.get('/invitations'))).body;
  await expectStatus(204, member.post(`/invitations/${items[0].id}/answer`, { answer: 'accept' }));
}

/** Null: for themselves. */
export async function actFor(member: PortalClient, organisationId: string | null): Promise<void> {
  await expectStatus(204, member.put('/session/acting', { organisationId }));
}

/** Ends every membership of the account behind the telephone; its sessions go on, and learn it with their next request. */
export async function endMemberships(portal: Pick<TestPortal, 'db' | 'vault'>, { phone }: PortalMember): Promise<void> {
  await portal.db.query(
    `UPDATE organisation_member SET removed_at = now()
     WHERE account_id = (SELECT id FROM account WHERE phone_index = $1)`,
    [portal.vault.blindIndex('phone', phone)],
  );
}

/** Somebody with this role. */
export async function staffMember(portal: TestPortal, role: string): Promise<PortalMember> {
  const member = await portal.member();
  await portal.db.query(
    `INSERT INTO account_role (account_id, role, granted_by)
     SELECT id, $2, 'test' FROM account WHERE phone_index = $1`,
    [portal.vault.blindIndex('phone', member.phone), role],
  );
  return member;
}
