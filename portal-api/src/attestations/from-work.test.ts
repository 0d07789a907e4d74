// SPDX-License-Identifier: Apache-2.0
// What an order takes over from its work.
import { expect } from 'chai';
import { startOrdersPortal, workForm } from '../../../test/support/orders.ts';
import { expectStatus, photo, uploadFile } from '../../../test/support/portal.ts';

describe('a new order of a work', () => {
  it('takes over all that the work says: each file and each display image, in their order', async function () {
    this.timeout(60_000);
    const portal = await startOrdersPortal({});
    try {
      const member = await portal.member({ verified: true });
      const [a = '', b = '', c = ''] = await Promise.all(
        [1, 2, 3].map(async (turn) => uploadFile(member, `${turn}.jpg`, await photo(500 + turn, 400))),
      );
      const ofIds = (...ids: string[]) => ids.map((uploadId) => ({ uploadId }));
      const work = { ...workForm(a), files: ofIds(b, a, c), display: ofIds(c, a, b), tags: ['印', '鹤'] };
      const { id: workId } = (await expectStatus(201, member.post('/works', work))).body;
      const { form } = (await expectStatus(201, member.post('/attestations', { workId }))).body;
      const { title, intro, completedOn, files, display, tags } = work;
      expect(form).to.deep.include({ title, intro, completedOn, files, display, tags });
    } finally {
      await portal.stop();
    }
  });
});
