// SPDX-License-Identifier: Apache-2.0
// What is wrong with a file, its owner learns from the answer about the upload, and not only when they save the work.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import sharp from 'sharp';
import { draftOrder, submittedOrder } from '../../../test/support/orders.ts';
import { type PortalMember, photo, startPortal, type TestPortal, uploadFile } from '../../../test/support/portal.ts';

describe('problems of uploads over HTTP', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
    member = await portal.member({ verified: true });
  });
  after(() => portal.stop());

  const problemsOf = async (name: string, bytes: Buffer) => {
    const uploadId = await uploadFile(member, name, bytes);
    return { uploadId, problems: (await member.get(`/upload-status/${uploadId}`)).body.problems };
  };
  const draft = (form: object) =>
    member.post('/works', {
      title: '鹤',
      intro: '',
      tags: [],
      files: [],
      cover: null,
      display: [],
      state: 'DRAFT',
      ...form,
    });
  const disown = (uploadId: string) =>
    member.put(`/upload-status/${uploadId}/expected-digest`, { sha256: createHash('sha256').update('').digest('hex') });

  it('when a file is what its name says › answers no problem', async () => {
    expect((await problemsOf('鹤华.jpg', await photo())).problems).to.deep.equal([]);
  });

  it('when content and name differ, or the format is not listed › answers what saving refuses', async () => {
    const mismatch = await problemsOf('鹤华.png', await photo());
    expect(mismatch.problems).to.deep.equal([{ code: 'type-mismatch' }]);
    expect((await draft({ files: [{ uploadId: mismatch.uploadId }] })).fields).to.deep.equal([
      'files.0: type-mismatch',
    ]);
    const program = await problemsOf('a.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]));
    expect(program.problems).to.deep.equal([{ code: 'type-not-allowed' }]);
  });

  it('when the certificate cannot print a character of the name › names the character', async () => {
    const { problems } = await problemsOf('鹤ᠮ.jpg', await photo());
    expect(problems).to.deep.equal([{ code: 'unprintable', characters: 'ᠮ' }]);
  });

  it('when a picture is cut short › is refused as display image and cover, also in a draft', async () => {
    const { uploadId, problems } = await problemsOf('cut.jpg', (await photo()).subarray(0, 900));
    expect(problems).to.deep.equal([{ code: 'picture-unreadable' }]);
    const files = [{ uploadId }];
    expect((await draft({ files, display: files, cover: uploadId })).fields).to.deep.equal([
      'cover: picture-unreadable',
      'display.0: picture-unreadable',
    ]);
    expect((await draft({ files })).status, 'as a work file it is still evidence').to.equal(201);
  });

  it('when a picture has too many pixels › names the limit in megapixels', async () => {
    const large = sharp({ create: { width: 8_300, height: 7_500, channels: 3, background: '#5a8cc8' } });
    const { uploadId, problems } = await problemsOf('large.jpg', await large.jpeg({ progressive: true }).toBuffer());
    expect(problems).to.deep.equal([{ code: 'picture-too-large', megapixels: 60 }]);
    const answer = await draft({ files: [{ uploadId }], display: [{ uploadId }] });
    expect(answer.body.errors).to.deep.equal([{ field: 'display.0', code: 'picture-too-large', megapixels: 60 }]);
  });

  it('when a draft names an upload that its sender disowns › a save no longer finds it', async () => {
    const { uploadId } = await problemsOf('鹤华.jpg', await photo());
    expect((await draft({ files: [{ uploadId }] })).status).to.equal(201);
    expect((await disown(uploadId)).code).to.equal('upload-corrupt');
    expect((await draft({ files: [{ uploadId }] })).fields).to.deep.equal(['files.0: not-found']);
  });

  it('when a draft order names it › discards it; when a submitted order holds it › keeps the evidence', async () => {
    for (const [make, state] of [
      [draftOrder, 'DELETED'],
      [submittedOrder, 'COMPLETE'],
    ] as const) {
      const { form } = await make(member);
      const { uploadId } = form.files[0];
      expect((await disown(uploadId)).code).to.equal('upload-corrupt');
      expect((await member.get(`/upload-status/${uploadId}`)).body.state).to.equal(state);
    }
  });
});
