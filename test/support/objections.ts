// SPDX-License-Identifier: Apache-2.0
// 异议: what third parties file, and how owners and staff deal with it.
import { expectStatus, type PortalClient } from './portal.ts';

export const WORDS = '该作品系本人于2019年创作，附创作底稿。';

export const fileObjection = (by: PortalClient, number: string, changes: object = {}) =>
  by.post('/objections', { number, reason: 'OWNERSHIP', words: WORDS, ...changes });

/** Answers its id. */
export async function filedObjection(by: PortalClient, number: string, changes: object = {}): Promise<string> {
  return (await expectStatus(201, fileObjection(by, number, changes))).body.id;
}

export const answerObjection = (by: PortalClient, id: string) =>
  by.post(`/objections/${id}/answer`, { words: '作品由我独立创作，见存证原件。' });

export const decideObjection = (by: PortalClient, id: string, isUpheld = false) =>
  by.post(`/staff/objections/${id}/decision`, { isUpheld, words: '双方材料已核对。' });
