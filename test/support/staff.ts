// SPDX-License-Identifier: Apache-2.0
// Members of staff, and the codes of their authenticators. The codes are computed apart from the portal's library.
import { createHmac } from 'node:crypto';
import { eventually } from './eventually.ts';
import { expectStatus, type PortalClient, type PortalMember, type TestPortal } from './portal.ts';

export interface StaffMember extends PortalMember {
  id: string;
}

/** Somebody new with these roles, which nobody gave over HTTP. */
export async function staffMember(portal: TestPortal, ...roles: string[]): Promise<StaffMember> {
  const member = await portal.member();
  const id = await accountIdOf(portal, member);
  for (const role of roles)
    await portal.db.query(`INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, $2, 'test')`, [
      id,
      role,
    ]);
  return Object.assign(member, { id });
}

export async function accountIdOf(portal: TestPortal, member: PortalClient): Promise<string> {
  const { userNumber } = (await expectStatus(200, member.get('/me'))).body;
  const number = String(userNumber).replace('ID', '');
  const [row] = await portal.db.query('SELECT id FROM account WHERE user_number = $1', [number]);
  return String(row?.id);
}

/** What an authenticator shows for the secret, so many steps of 30 seconds from now (RFC 6238). */
export function codeOf(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Waits, if need be, so that the codes of the next seconds belong to one step. */
export async function awayFromStepEnd(): Promise<void> {
  await eventually(async () => 30_000 - (Date.now() % 30_000) >= 10_000, { withinMs: 15_000 });
}

/** Gives the member an authenticator by the way of the interface; its session has passed the second step afterwards. */
export async function enrol(member: PortalClient): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await expectStatus(200, member.post('/session/second-step/enrolment', {}))).body;
  const { recoveryCodes } = (await expectStatus(200, confirm(member, codeOf(secret)))).body;
  return { secret, recoveryCodes };
}

export const confirm = (member: PortalClient, code: string) =>
  withNewToken(member, '/session/second-step/confirmation', code);

export const passSecondStep = (member: PortalClient, code: string) =>
  withNewToken(member, '/session/second-step', code);

async function withNewToken(member: PortalClient, path: string, code: string) {
  const answer = await member.post(path, { code });
  if (answer.status < 300) member.csrfToken = undefined;
  return answer;
}

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
