// SPDX-License-Identifier: Apache-2.0
// 协查: cases that a court or an authority asked for, as staff opens and decides them.
import { expectStatus, type PortalAnswer, type PortalClient } from './portal.ts';
import { paper } from './registrations.ts';

export const APPROVED = { isApproved: true, words: '' };
export const REFUSED = { isApproved: false, words: '函件未加盖公章。' };

export const sendLetter = (by: PortalClient, bytes: Uint8Array = paper('letter'), type = 'application/pdf') =>
  by.sendBytes('POST', '/staff/assistance-letters', bytes, { 'Content-Type': type });

/** What is asked for of the certificates with these numbers. */
export async function caseForm(by: PortalClient, numbers: readonly string[], changes: object = {}): Promise<object> {
  const { id } = (await expectStatus(201, sendLetter(by))).body;
  return {
    authority: '济南市中级人民法院',
    fileNumber: '（2026）鲁01民初123号',
    contact: '承办人 刘法官 0531-88880000',
    request: '请提供涉案作品的存证资料。',
    letters: [{ id, name: '协查函.pdf' }],
    numbers,
    parts: ['NAMES', 'CONTENTS', 'ORIGINALS', 'PACKAGE'],
    days: 7,
    ...changes,
  };
}

/** Answers the case. */
export async function openedCase(by: PortalClient, numbers: readonly string[], changes: object = {}) {
  const form = await caseForm(by, numbers, changes);
  return (await expectStatus(201, by.post('/staff/assistance-cases', form))).body;
}

export const decideCase = (by: PortalClient, id: string, decision: object = APPROVED): Promise<PortalAnswer> =>
  by.post(`/staff/assistance-cases/${id}/decision`, decision);
