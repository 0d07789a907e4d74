// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { problemCode, uploadsFixture } from '../../../test/support/uploads-fixture.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the digest that a sender states', function () {
  this.timeout(30_000);
  const on = uploadsFixture();
  const [mine, other] = [Buffer.from('my own file'), Buffer.from('another one')];
  const storedBlocks = async () => {
    const folder = path.join(on.dataFolder, 'store');
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    return names.filter((each) => each.isFile()).map(({ name }) => name);
  };
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

  it('when a wrong digest is stated after completion › refuses it and discards the upload with its bytes', async () => {
    const before = await storedBlocks();
    const id = await on.member.upload(mine);
    expect((await on.member.ends(id)).state).to.equal('COMPLETE');
    // Those of other tests may still be on their way out.
    const added = (await storedBlocks()).filter((name) => !before.includes(name));
    expect(added).to.not.deep.equal([]);
    expect(await problemCode(state(id, sha256(other)))).to.equal('upload-corrupt');
    expect((await on.member.status(id)).state).to.equal('DELETED');
    expect(await problemCode(on.member.download(id))).to.equal('upload-incomplete');
    expect(await problemCode(state(id, sha256(mine))), 'the right one, too late').to.equal('upload-not-found');
    await eventually(async () => (await storedBlocks()).every((name) => !added.includes(name)));
  });

  it('when a wrong digest follows one that confirmed the upload › refuses it and keeps the upload', async () => {
    const id = await on.member.upload(mine);
    await on.member.ends(id);
    expect((await state(id, sha256(mine))).status).to.equal(204);
    expect(await problemCode(state(id, sha256(other)))).to.equal('upload-corrupt');
    expect((await on.member.status(id)).state).to.equal('COMPLETE');
  });

  it('when wrong digests and the last byte arrive at once › never leaves the upload complete', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await on.member.create(mine.length);
      const states = () => state(id, sha256(other));
      await Promise.all([on.member.patch(id, 0, mine), states(), states()]);
      await on.member.ends(id);
      await states();
      expect((await on.member.status(id)).state).to.be.oneOf(['FAILED', 'DELETED']);
    }
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
