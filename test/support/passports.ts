// SPDX-License-Identifier: Apache-2.0
// Members who show a passport.
import { expectStatus, type PortalAnswer, type PortalClient, photo } from './portal.ts';

let passports = 0;

/** Another one at each call. */
export function newPassport(): string {
  passports += 1;
  return `E${String(passports).padStart(8, '0')}`;
}

export async function sendImage(member: PortalClient, side: 'front' | 'back'): Promise<string> {
  const picture = { 'Content-Type': 'image/jpeg' };
  const sent = member.sendBytes('POST', `/identity/images?side=${side}`, await photo(), picture);
  return (await expectStatus(201, sent)).body.id;
}

export async function passportForm(member: PortalClient, changes: Record<string, string> = {}) {
  const frontImageId = changes.frontImageId ?? (await sendImage(member, 'front'));
  return {
    documentType: 'PASSPORT',
    name: 'ERIKSSON ANNA',
    idNumber: newPassport(),
    nationality: 'SE',
    birthDate: '1988-05-06',
    expiresOn: '2035-12-31',
    email: 'anna@example.org',
    address: '山东省济南市历下区测试路1号',
    frontImageId,
    consent: true,
    ...changes,
  };
}

/** It waits for its review. */
export async function submitPassport(
  member: PortalClient,
  changes: Record<string, string> = {},
): Promise<PortalAnswer> {
  return expectStatus(200, member.put('/identity/submission', await passportForm(member, changes)));
}
