// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { workForm } from '../../../test/support/orders.ts';
import { type PortalMember, photo, startPortal, type TestPortal, uploadFile } from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';

describe('display images over HTTP', () => {
  let portal: TestPortal;
  let member: PortalMember;
  let stranger: PortalMember;
  before(async function () {
    this.timeout(60_000);
    portal = await startPortal();
    member = await portal.member({ verified: true });
    stranger = await portal.member({ verified: true });
  });
  after(() => portal.stop());

  const picture = async (owner: PortalMember) => uploadFile(owner, '鹤华.jpg', await photo());

  it("when a display image is declared as made from another member's file, or from an invented one › refuses drafts too", async () => {
    const [uploadId, theirs] = [await picture(member), await picture(stranger)];
    for (const state of ['DRAFT', 'ARCHIVED']) {
      for (const derivedFrom of [theirs, newId()]) {
        const answer = await member.post('/works', {
          ...workForm(uploadId),
          display: [{ uploadId, derivedFrom }],
          state,
        });
        expect(answer.fields).to.deep.equal(['display.0: not-from-work-files']);
      }
    }
  });
});
