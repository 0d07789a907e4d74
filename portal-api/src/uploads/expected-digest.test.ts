// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { problemCode, uploadsFixture } from '../../../test/support/uploads-fixture.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the digest that a sender states', function () {
  this.timeout(30_000);
  const on = uploadsFixture();
  const [mine, other] = [Buffer.from('my own file'), Buffer.from('another one')];
  const state = (id: string, digest: string) =>
    on.member.send('PUT', `/upload-status/${id}/expected-digest`, {
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ sha256: digest })),
    });
  const createWith = (digest: string) =>
    on.member.send('POST', '/uploads', {
      headers: {
        'Upload-Length': String(mine.length),
        'Upload-Metadata': `filename ${btoa('a.txt')},sha256 ${btoa(digest)}`,
      },
    });
  const idOf = (answer: Response) => answer.headers.get('Location')?.split('/').at(-1) ?? '';

  it('when the upload is resumed with another file of the same size › never calls it complete', async () => {
    const id = await on.member.create(mine.length);
    await on.member.patch(id, 0, mine.subarray(0, 5));
    expect((await state(id, sha256(other))).status).to.equal(204);
    await on.member.patch(id, 5, other.subarray(5));
    expect(await on.member.ends(id)).to.include({ state: 'FAILED', sha256: null });
  });

  it('when the whole file is what was stated › completes it', async () => {
    const id = await on.member.create(mine.length);
    await on.member.patch(id, 0, mine.subarray(0, 5));
    expect((await state(id, sha256(mine).toUpperCase())).status).to.equal(204);
    await on.member.patch(id, 5, mine.subarray(5));
    expect(await on.member.ends(id)).to.include({ state: 'COMPLETE', sha256: sha256(mine) });
    expect((await state(id, sha256(mine))).status, 'afterwards').to.equal(204);
    expect(await problemCode(state(id, sha256(other)))).to.equal('upload-corrupt');
  });

  it('when another file was begun › refuses the digest before a byte is sent', async () => {
    const id = await on.member.create(mine.length);
    await state(id, sha256(mine));
    expect(await problemCode(state(id, sha256(other)))).to.equal('upload-corrupt');
    await on.member.patch(id, 0, mine);
    expect((await on.member.ends(id)).state).to.equal('COMPLETE');
  });

  it('when it is stated at creation › holds as well', async () => {
    const right = idOf(await createWith(sha256(mine)));
    await on.member.patch(right, 0, mine);
    expect((await on.member.ends(right)).state).to.equal('COMPLETE');
    const wrong = idOf(await createWith(sha256(mine)));
    await on.member.patch(wrong, 0, other);
    expect((await on.member.ends(wrong)).state).to.equal('FAILED');
    expect(await problemCode(createWith('abc'))).to.equal('invalid-request');
  });

  it("when the upload is another member's › does not find it", async () => {
    const id = await (await on.otherMember()).create(3);
    expect(await problemCode(state(id, sha256(mine)))).to.equal('upload-not-found');
  });
});
