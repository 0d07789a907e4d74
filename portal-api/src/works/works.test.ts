// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import sharp from 'sharp';
import {
  expectStatus,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
  uploadFile,
} from '../../../test/support/portal.ts';
import { dayInChina } from '../china-time.ts';
import { newId } from '../db/ids.ts';

describe('works over HTTP', () => {
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

  const picture = (owner: PortalMember, name = '鹤华.png') => uploadPicture(owner, name);
  const complete = (uploadId: string) => ({
    title: '鹤华抱枕',
    intro: '以鹤为题的图案。\n第二行。',
    creatorNature: 'PERSONAL',
    publishCategory: 'DESIGN',
    tags: ['创意设计', '模型'],
    completedOn: '2025-06-01',
    files: [{ uploadId }],
    cover: uploadId,
    display: [{ uploadId }],
    state: 'ARCHIVED',
  });
  const archive = async (owner: PortalMember, changes: object = {}) =>
    (await expectStatus(201, owner.post('/works', { ...complete(await picture(owner)), ...changes }))).body;
  /** An order in this state, as the domain of attestations would keep it. */
  const placeOrder = (workId: string, state: string) =>
    portal.db.query(
      `INSERT INTO attestation (id, order_number, account_id, work_id, state, form, frozen, submitted_at, paid_at, certified_at, certificate_number)
       SELECT $1, 1e18 + nextval('work_serial_seq'), account_id, id, $3::attestation_state, '{}', '{}', now(), now(), now(), nextval('work_serial_seq')
         FROM work WHERE id = $2`,
      [newId(), workId, state],
    );

  describe('POST /works', () => {
    it('when an archived work lacks everything › names every field at once', async () => {
      const answer = await member.post('/works', {
        title: ' ',
        state: 'ARCHIVED',
        tags: ['x'.repeat(21)],
        completedOn: '2025-02-30',
      });
      expect(answer).to.include({ status: 422, code: 'invalid-request' });
      expect(answer.fields).to.deep.equal([
        'completedOn: malformed',
        'cover: missing',
        'creatorNature: missing',
        'display: missing',
        'files: missing',
        'intro: missing',
        'publishCategory: missing',
        'tags.0: too-long',
        'title: missing',
      ]);
    });

    it('when it was completed today, by the day in China › is taken', async () => {
      const work = { title: '今日完成', completedOn: dayInChina(), state: 'DRAFT' };
      expect((await member.post('/works', work)).body).to.include({ completedOn: work.completedOn });
    });

    it('when lists are too long, days lie ahead, or tags repeat › names each', async () => {
      const ids = (count: number) => Array.from({ length: count }, () => ({ uploadId: newId() }));
      const tomorrow = dayInChina(new Date(Date.now() + 86_400_000));
      const answer = await member.post('/works', {
        title: 'x'.repeat(101),
        files: ids(11),
        display: ids(5),
        tags: ['a', 'a'],
        completedOn: tomorrow,
        state: 'DRAFT',
      });
      expect(answer.fields).to.deep.equal([
        'completedOn: in-future',
        'display: too-many',
        'files: too-many',
        'tags: duplicate',
        'title: too-long',
      ]);
    });

    it("when the uploads are another member's › does not find them", async () => {
      const uploadId = await picture(stranger);
      const answer = await member.post('/works', complete(uploadId));
      expect(answer.fields).to.deep.equal(['cover: not-found', 'display.0: not-found', 'files.0: not-found']);
    });

    it('when bytes repeat, or are not what the name claims › names each file', async () => {
      const bytes = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#123456' } })
        .png()
        .toBuffer();
      const [first, same] = [await uploadFile(member, 'a.png', bytes), await uploadFile(member, 'b.png', bytes)];
      const fake = await uploadFile(member, 'c.png', Buffer.from('not a picture at all'));
      const program = await uploadFile(member, 'setup.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]));
      const files = [first, same, fake, program].map((uploadId) => ({ uploadId }));
      const answer = await member.post('/works', { ...complete(first), files });
      expect(answer.fields).to.deep.equal([
        'files.1: duplicate',
        'files.2: type-mismatch',
        'files.3: type-not-allowed',
      ]);
    });

    it('when a form is sent again with the id that its page chose › makes one work, and saves it again', async () => {
      const form = { id: crypto.randomUUID(), title: '草稿', state: 'DRAFT' };
      const first = (await expectStatus(201, member.post('/works', form))).body;
      const both = await Promise.all(['二', '三'].map((title) => member.post('/works', { ...form, title })));
      expect(both.map(({ status, code }) => code ?? status)).to.have.members([201, 'version-conflict']);
      expect(both.find(({ status }) => status === 201)?.body).to.include({
        id: form.id,
        version: 2,
        serial: first.serial,
      });
      expect((await member.post('/works', form)).code).to.equal('version-conflict');
      const stranger = await portal.member({ verified: true });
      expect((await stranger.post('/works', form)).code).to.equal('work-not-found');
    });

    it('when a draft is incomplete › keeps it, and an upload that is still arriving with it', async () => {
      const created = await member.sendBytes('POST', '/uploads', new Uint8Array(), {
        'Tus-Resumable': '1.0.0',
        'Upload-Length': '9',
      });
      const uploadId = created.headers.get('location')?.split('/').at(-1) ?? '';
      const { body } = await expectStatus(
        201,
        member.post('/works', { title: '草稿', files: [{ uploadId }], state: 'DRAFT' }),
      );
      expect(body).to.deep.include({ state: 'DRAFT', version: 1, title: '草稿', cover: null, display: [] });
      expect(body.files[0]).to.include({ uploadId, state: 'RECEIVING', sha256: null });
      const archived = await member.put(`/works/${body.id}`, { ...complete(uploadId), version: 1 });
      expect(archived.fields).to.deep.equal([
        'cover: not-complete',
        'display.0: not-complete',
        'files.0: not-complete',
      ]);
    });

    it('when all is right › archives it, with the usual type of its category', async () => {
      const work = await archive(member);
      expect(work).to.deep.include({
        state: 'ARCHIVED',
        version: 1,
        workType: 'FINE_ART',
        completedOn: '2025-06-01',
        isEditable: true,
      });
      expect(work.serial).to.be.a('number');
      expect(work.files[0]).to.include({ name: '鹤华.png', mediaType: 'image/png', state: 'COMPLETE' });
      expect(work.files[0].sha256).to.match(/^[0-9a-f]{64}$/);
      expect(work.files[0].size).to.match(/^\d+$/);
      expect((await member.get(`/works/${work.id}`)).body).to.deep.equal(work);
    });
  });

  describe('another member', () => {
    it('finds nothing of it: not the work, its files, nor its place in a list', async () => {
      const work = await archive(member);
      const file = `/works/${work.id}/files/${work.cover.uploadId}`;
      for (const answer of [
        await stranger.get(`/works/${work.id}`),
        await stranger.put(`/works/${work.id}`, { title: 'x', state: 'DRAFT', version: 1 }),
        await stranger.delete(`/works/${work.id}`),
      ]) {
        expect(answer).to.include({ status: 404, code: 'work-not-found' });
      }
      for (const path of [`${file}/content`, `${file}/thumbnail`]) {
        expect(await stranger.get(path)).to.include({ status: 404, code: 'file-not-found' });
      }
      const { items } = (await stranger.get('/works')).body;
      expect(items.map(({ id }: { id: string }) => id)).to.not.include(work.id);
      expect((await member.get(`/works/${work.id}`)).body.version).to.equal(1);
    });

    it('when a stranger names my file in their own work › cannot read it', async () => {
      const mine = await archive(member);
      const his = await archive(stranger);
      const answer = await stranger.get(`/works/${his.id}/files/${mine.cover.uploadId}/content`);
      expect(answer.code).to.equal('file-not-found');
    });
  });

  describe('PUT /works/{id}', () => {
    it('when two windows save the same version › lets one through', async () => {
      const work = await archive(member);
      const form = { ...complete(work.cover.uploadId), version: 1 };
      const answers = await Promise.all(
        ['甲', '乙'].map((title) => member.put(`/works/${work.id}`, { ...form, title })),
      );
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.code).to.equal('version-conflict');
      expect((await member.get(`/works/${work.id}`)).body.version).to.equal(2);
    });

    it('when an archived work is saved as a draft › refuses', async () => {
      const work = await archive(member);
      const answer = await member.put(`/works/${work.id}`, {
        ...complete(work.cover.uploadId),
        state: 'DRAFT',
        version: 1,
      });
      expect(answer).to.include({ status: 409, code: 'state-conflict' });
    });

    for (const state of ['SUBMITTED', 'AWAITING_PAYMENT', 'PAID', 'UNDER_REVIEW', 'APPROVED', 'ANCHORING']) {
      it(`when an order is ${state} › refuses edit and deletion`, async () => {
        const work = await archive(member);
        await placeOrder(work.id, state);
        const edit = await member.put(`/works/${work.id}`, { ...complete(work.cover.uploadId), version: 1 });
        expect(edit).to.include({ status: 409, code: 'work-under-review' });
        expect(await member.delete(`/works/${work.id}`)).to.include({ status: 409, code: 'work-under-review' });
        const { body } = await member.get(`/works/${work.id}`);
        expect(body).to.include({ isEditable: false, version: 1 });
        expect(body.attestation.state).to.equal(state);
      });
    }

    for (const state of ['RETURNED', 'CERTIFIED', 'REJECTED', 'CANCELLED']) {
      it(`when an order is ${state} › saves a new version`, async () => {
        const work = await archive(member);
        await placeOrder(work.id, state);
        const edit = await member.put(`/works/${work.id}`, {
          ...complete(work.cover.uploadId),
          title: '新名',
          version: 1,
        });
        expect(edit.body).to.include({ title: '新名', version: 2, isEditable: true });
        // Whoever was asked to mend an order would have nothing left to mend.
        const deletion = state === 'RETURNED' ? { status: 409, code: 'work-under-review' } : { status: 204 };
        expect(await member.delete(`/works/${work.id}`)).to.include(deletion);
      });
    }
  });

  describe('files of a work', () => {
    it('gives the original back byte for byte, and ranges of it', async () => {
      const bytes = randomBytes(100_000);
      const uploadId = await uploadFile(member, 'raw.bin', bytes);
      const { body } = await expectStatus(
        201,
        member.post('/works', { title: 'raw', files: [{ uploadId }], state: 'DRAFT' }),
      );
      const path = `/works/${body.id}/files/${uploadId}/content`;
      expect((await member.get(path)).bytes.equals(bytes)).to.equal(true);
      const part = await member.get(path, { Range: 'bytes=10-19' });
      expect(part.status).to.equal(206);
      expect(part.bytes.equals(bytes.subarray(10, 20))).to.equal(true);
      expect((await member.get(`/works/${body.id}/files/${uploadId}/thumbnail`)).code).to.equal('file-not-found');
    });

    it('makes small pictures of images', async () => {
      const work = await archive(member);
      const answer = await member.get(`/works/${work.id}/files/${work.cover.uploadId}/thumbnail`);
      expect(answer.headers.get('content-type')).to.equal('image/webp');
      const { width, height, format } = await sharp(answer.bytes).metadata();
      expect({ width, height, format }).to.deep.equal({ width: 320, height: 213, format: 'webp' });
    });

    it('when the id is none, or of no file of the work › is not found', async () => {
      const work = await archive(member);
      for (const id of ['x', newId(), "'"]) {
        expect((await member.get(`/works/${work.id}/files/${encodeURIComponent(id)}/content`)).code).to.equal(
          'file-not-found',
        );
      }
      expect((await member.get('/works/..%2f..')).code).to.equal('work-not-found');
    });
  });
});

/** Each picture differs, so that none is a duplicate. */
async function uploadPicture(owner: PortalMember, name: string): Promise<string> {
  const base = await photo(600, 400);
  const [r, g, b] = randomBytes(3);
  const dot = {
    create: { width: 20, height: 20, channels: 3 as const, background: { r: r ?? 0, g: g ?? 0, b: b ?? 0 } },
  };
  const bytes = await sharp(base)
    .composite([{ input: await sharp(dot).png().toBuffer(), left: 5, top: 5 }])
    .png()
    .toBuffer();
  return uploadFile(owner, name, bytes);
}
