// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { problemCode, uploadsFixture } from '../../../test/support/uploads-fixture.ts';

describe('X-HTTP-Method-Override of uploads', function () {
  this.timeout(30_000);
  const on = uploadsFixture();
  const override = (
    method: string,
    id: string,
    over: string,
    headers: Record<string, string> = {},
    body?: Uint8Array,
  ) =>
    on.member.send(method, `/uploads/${id}`, {
      headers: { 'X-HTTP-Method-Override': over, ...headers },
      ...(body && { body }),
    });
  const chunk = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' };

  it('when a POST stands for PATCH › takes the bytes', async () => {
    const id = await on.member.create(4);
    expect((await override('POST', id, 'PATCH', chunk, Buffer.from('four'))).status).to.equal(204);
    expect((await on.member.ends(id)).state).to.equal('COMPLETE');
  });

  it('when a POST stands for DELETE › ends the upload', async () => {
    const id = await on.member.create(4);
    expect((await override('POST', id, 'delete')).status).to.equal(204);
    expect((await on.member.status(id)).state).to.equal('DELETED');
  });

  it('when a POST stands for HEAD › answers how many bytes have arrived, without a body', async () => {
    const id = await on.member.create(4);
    await on.member.patch(id, 0, Buffer.from('fo'));
    const answer = await override('POST', id, 'HEAD');
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('Upload-Offset')).to.equal('2');
    expect(answer.headers.get('Upload-Length')).to.equal('4');
    expect(await answer.text()).to.equal('');
    const stranger = await on.otherMember();
    const headers = { 'X-HTTP-Method-Override': 'HEAD' };
    expect(await problemCode(stranger.send('POST', `/uploads/${id}`, { headers }))).to.equal('upload-not-found');
  });

  it("when the token is missing, or the upload is another member's › refuses like any PATCH", async () => {
    const id = await on.member.create(4);
    const stranger = await on.otherMember();
    const headers = { 'X-HTTP-Method-Override': 'DELETE' };
    expect(await problemCode(stranger.send('POST', `/uploads/${id}`, { headers }))).to.equal('upload-not-found');
    const forged = override('POST', id, 'DELETE', { 'X-CSRF-Token': 'wrong' });
    expect(await problemCode(forged)).to.equal('csrf-invalid');
    expect((await on.member.status(id)).state).to.equal('RECEIVING');
  });

  it('when another method carries the header, or it names another method › changes nothing', async () => {
    const id = await on.member.create(4);
    expect((await override('HEAD', id, 'DELETE')).headers.get('Upload-Offset')).to.equal('0');
    expect((await override('PATCH', id, 'DELETE', chunk, Buffer.from('fo'))).status).to.equal(204);
    for (const over of ['GET', 'PUT', 'OPTIONS', '']) expect((await override('POST', id, over)).status).to.equal(405);
    expect(await on.member.status(id)).to.include({ state: 'RECEIVING', receivedBytes: '2' });
  });
});
