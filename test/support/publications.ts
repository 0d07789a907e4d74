// SPDX-License-Identifier: Apache-2.0
// Works on the public site, through the interface: archived, submitted by their owner, approved by staff.
import {
  expectStatus,
  type PortalAnswer,
  type PortalClient,
  type PortalMember,
  photo,
  type TestPortal,
  uploadFile,
} from './portal.ts';

interface Work {
  id: string;
  version: number;
}

/** A complete work with one picture. */
export async function archiveWork(owner: PortalClient, changes: object = {}): Promise<Work> {
  const uploadId = await uploadFile(owner, '鹤华.jpg', await photo());
  const form = {
    title: '鹤华抱枕',
    intro: '以鹤为题的图案，用于抱枕。',
    creatorNature: 'PERSONAL',
    publishCategory: 'DESIGN',
    tags: ['创意设计'],
    completedOn: '2025-06-01',
    files: [{ uploadId }],
    cover: uploadId,
    display: [{ uploadId }],
    state: 'ARCHIVED',
    ...changes,
  };
  return (await expectStatus(201, owner.post('/works', form))).body;
}

export function submitPublication(owner: PortalClient, work: Work, changes: object = {}): Promise<PortalAnswer> {
  const form = { workVersion: work.version, category: 'DESIGN', author: '青釉', consent: true, ...changes };
  return owner.put(`/works/${work.id}/publication`, form);
}

/** Submitted and approved; answers what staff sees. */
export async function publishWork(
  { owner, staff }: { owner: PortalClient; staff: PortalClient },
  work: Work,
  changes: object = {},
): Promise<{ id: string; round: number }> {
  const { publication } = (await expectStatus(200, submitPublication(owner, work, changes))).body;
  const decision = { round: publication.round, decision: 'APPROVE' };
  return (await expectStatus(200, staff.post(`/staff/publications/${publication.id}/decision`, decision))).body;
}

/** A verified member who also has the role. */
export async function makeStaff(portal: Pick<TestPortal, 'db' | 'member'>, role: string): Promise<PortalMember> {
  const member = await portal.member({ verified: true });
  const { userNumber } = (await expectStatus(200, member.get('/me'))).body;
  await portal.db.query(
    `INSERT INTO account_role (account_id, role, granted_by) SELECT id, $2, 'test' FROM account WHERE user_number = $1`,
    [Number(String(userNumber).slice(2)), role],
  );
  return member;
}
