// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { problemCode, uploadsFixture } from '../../../test/support/uploads-fixture.ts';
import { lockTextUntilCommit } from '../db/advisory-lock.ts';
import { newId } from '../db/ids.ts';
import { UPLOAD_LIMITS } from './upload.ts';

describe('uploads over HTTP, from a hostile client', () => {
  const on = uploadsFixture({ verified: { ...UPLOAD_LIMITS.verified, unfinishedFiles: 5 } });

  describe('refuses', () => {
    it('who is not logged in, and who has no CSRF token', async () => {
      const api = `${on.server.url}/api/v1/uploads`;
      const tus = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '5' };
      expect(await problemCode(fetch(api, { method: 'POST', headers: tus }))).to.equal('csrf-invalid');
      const { 'X-CSRF-Token': _token, ...cookieOnly } = on.member.headers;
      expect(await problemCode(fetch(api, { method: 'POST', headers: { ...tus, ...cookieOnly } }))).to.equal(
        'csrf-invalid',
      );
      expect((await fetch(`${api}/${newId()}`, { method: 'HEAD', headers: tus })).status).to.equal(401);
    });

    it("another member's upload, as if it did not exist", async () => {
      const id = await on.member.create(5);
      const other = await on.otherMember();
      expect((await other.send('HEAD', `/uploads/${id}`)).status).to.equal(404);
      expect(await problemCode(other.patch(id, 0, Buffer.from('12345')))).to.equal('upload-not-found');
      expect(await problemCode(other.send('DELETE', `/uploads/${id}`))).to.equal('upload-not-found');
      expect(await problemCode(other.send('GET', `/upload-status/${id}`))).to.equal('upload-not-found');
      expect(await on.member.offset(id)).to.equal(0);
    });

    it("another member's upload, named behind an own one", async () => {
      const id = await on.member.create(5);
      const other = await on.otherMember();
      const disguised = `${await other.create(7)}?x=/${id}`;
      expect((await other.send('HEAD', `/uploads/${disguised}`)).headers.get('Upload-Length')).to.equal('7');
      await other.patch(disguised, 0, Buffer.from('12345'));
      await other.send('DELETE', `/uploads/${disguised}`);
      expect(await on.member.status(id)).to.include({ state: 'RECEIVING', receivedBytes: '0' });
    });

    const creations: [string, Record<string, string>, string][] = [
      ['no length', {}, 'invalid-request'],
      ['a deferred length', { 'Upload-Defer-Length': '1' }, 'invalid-request'],
      ['parts to join', { 'Upload-Length': '5', 'Upload-Concat': 'partial' }, 'invalid-request'],
      ['more than the limit', { 'Upload-Length': String(UPLOAD_LIMITS.maxSize + 1) }, 'payload-too-large'],
      ['a negative length', { 'Upload-Length': '-1' }, 'invalid-request'],
      ['a length that is no number', { 'Upload-Length': '1e3' }, 'invalid-request'],
      ['metadata that is not base64', { 'Upload-Length': '5', 'Upload-Metadata': 'filename ***' }, 'invalid-request'],
      [
        'endless metadata',
        { 'Upload-Length': '5', 'Upload-Metadata': `filename ${'QUFB'.repeat(1_100)}` },
        'invalid-request',
      ],
      ['another protocol version', { 'Upload-Length': '5', 'Tus-Resumable': '0.2.2' }, 'invalid-request'],
    ];
    for (const [what, headers, code] of creations) {
      it(`to create with ${what}`, async () => {
        expect(await problemCode(on.member.send('POST', '/uploads', { headers }))).to.equal(code);
        expect(await on.db.query('SELECT id FROM upload WHERE account_id = $1', [on.member.accountId])).to.deep.equal(
          [],
        );
      });
    }

    it('more bytes than announced, and keeps none of them', async () => {
      const id = await on.member.create(5);
      expect(await problemCode(on.member.patch(id, 0, Buffer.from('123456')))).to.equal('payload-too-large');
      expect(await on.member.offset(id)).to.equal(0);
    });

    it('ids that are paths, methods it does not have, and a method hidden in a header', async () => {
      for (const id of ['..%2f..%2fetc', '%00', 'x', newId().toUpperCase()]) {
        const answer = await on.member.send('PATCH', `/uploads/${id}`, { headers: { 'Upload-Offset': '0' } });
        expect(answer.status, id).to.be.oneOf([400, 404, 422]);
      }
      const id = await on.member.create(5);
      expect(await problemCode(on.member.send('GET', `/uploads/${id}`))).to.equal('method-not-allowed');
      expect(await problemCode(on.member.send('PUT', `/uploads/${id}`))).to.equal('method-not-allowed');
      const { headers } = await on.member.send('PUT', `/uploads/${id}`);
      expect(headers.get('Allow')).to.equal('HEAD, PATCH, DELETE, OPTIONS');
      await on.member.send('POST', '/uploads', { headers: { 'X-HTTP-Method-Override': 'DELETE' } });
      expect(await on.member.offset(id)).to.equal(0);
    });

    it('one unfinished upload more than the limit, also when asked for all at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => on.member.send('POST', '/uploads', { headers: { 'Upload-Length': '5' } })),
      );
      expect(answers.filter(({ status }) => status === 201)).to.have.length(5);
      for (const answer of answers)
        if (answer.status !== 201) expect(await problemCode(answer)).to.equal('upload-limit-reached');
    });
  });

  it('when the uploads of one account take long to count › lets others begin theirs', async () => {
    const other = await on.otherMember();
    const [isCounting, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const count = on.db.transaction(async ({ prisma }) => {
      await lockTextUntilCommit(prisma, 'uploadQuota', on.member.accountId);
      isCounting.resolve();
      await mayEnd.promise;
    });
    await isCounting.promise;
    const begun = on.member.create(5);
    await other.create(5);
    mayEnd.resolve();
    await Promise.all([count, begun]);
  });
});
