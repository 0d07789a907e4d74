// SPDX-License-Identifier: Apache-2.0
// 证据保全: holds that staff place and lift.
import { expectStatus, type PortalClient } from './portal.ts';

const WORDS = { words: '案件已审结，法院通知解除保全。' };

export const placeHold = (by: PortalClient, numbers: readonly string[], changes: object = {}) =>
  by.post('/staff/legal-holds', { reason: '济南市中级人民法院（2026）鲁01财保5号裁定。', numbers, ...changes });

/** Answers its id. */
export async function placedHold(by: PortalClient, numbers: readonly string[]): Promise<string> {
  return (await expectStatus(201, placeHold(by, numbers))).body.id;
}

export const askLift = (by: PortalClient, id: string) => by.post(`/staff/legal-holds/${id}/lift-request`, WORDS);

export const decideLift = (by: PortalClient, id: string, isLifted = true) =>
  by.post(`/staff/legal-holds/${id}/lift-decision`, { ...WORDS, isLifted });

export async function liftHold([asker, decider]: readonly [PortalClient, PortalClient], id: string): Promise<void> {
  await expectStatus(200, askLift(asker, id));
  await expectStatus(200, decideLift(decider, id));
}
