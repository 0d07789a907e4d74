// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { expectStatus, photo, startPortal, type TestPortal, uploadFile } from '../../../test/support/portal.ts';

describe('small pictures of files', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  it('when an image is damaged › says that no small picture can be made, and gives the original', async () => {
    const member = await portal.member({ verified: true });
    const damaged = Buffer.concat([(await photo()).subarray(0, 40), randomBytes(2_000)]);
    const uploadId = await uploadFile(member, '坏图.jpg', damaged);
    const form = { title: '坏图', files: [{ uploadId }], state: 'DRAFT' };
    const { id } = (await expectStatus(201, member.post('/works', form))).body;
    const file = `/works/${id}/files/${uploadId}`;
    expect(await member.get(`${file}/thumbnail`)).to.include({ status: 404, code: 'thumbnail-impossible' });
    expect((await member.get(`${file}/content`)).bytes.equals(damaged)).to.equal(true);
  });
});
