// SPDX-License-Identifier: Apache-2.0
import { request } from 'node:http';
import { expect } from 'chai';
import sharp from 'sharp';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { archiveWork, makeStaff, publishWork, submitPublication } from '../../../test/support/publications.ts';
import { newId } from '../db/ids.ts';

describe('works on the public site', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let owner: PortalMember;
  let stranger: PortalMember;
  let staff: PortalMember;
  let colleague: PortalMember;
  before(async () => {
    portal = await startPortal();
    [owner, stranger, staff, colleague] = await Promise.all([
      portal.member({ verified: true }),
      portal.member({ verified: true }),
      makeStaff(portal, 'reviewer'),
      makeStaff(portal, 'senior-reviewer'),
    ]);
  });
  after(() => portal.stop());

  const visitor = () => portal.visitor();
  const found = async (query: string) =>
    (await expectStatus(200, visitor().get(`/publications?${query}`))).body.items.map(
      ({ title }: { title: string }) => title,
    );
  const titled = (title: string) => found(`q=${encodeURIComponent(title)}`);
  const decide = (by: PortalMember, publication: { id: string; round: number }, decision: string, reason = {}) =>
    by.post(`/staff/publications/${publication.id}/decision`, { round: publication.round, decision, ...reason });
  const REASON = { ground: 'COPYRIGHT', text: '与他人作品相同。' };

  describe('submission', () => {
    it('without consent or with wrong fields › names every field and submits nothing', async () => {
      const work = await archiveWork(owner, { title: '未同意的作品' });
      const answer = await owner.put(`/works/${work.id}/publication`, { workVersion: 1, category: 'x', author: ' ' });
      expect(answer.fields).to.deep.equal(['author: missing', 'category: malformed', 'consent: missing']);
      const refused = await owner.put(`/works/${work.id}/publication`, {
        workVersion: work.version,
        category: 'NO_SUCH',
        author: '青釉',
        consent: true,
      });
      expect(refused.fields).to.deep.equal(['category: not-an-option']);
      expect((await owner.get(`/works/${work.id}/publication`)).body).to.deep.equal({ publication: null });
    });

    it('of a draft, or of another version than the owner saw › is refused', async () => {
      const work = await archiveWork(owner, { title: '旧版本' });
      const stale = await submitPublication(owner, work, { workVersion: work.version + 1 });
      expect(stale.code).to.equal('version-conflict');
      const draft = (await expectStatus(201, owner.post('/works', { title: '草稿', state: 'DRAFT' }))).body;
      expect((await submitPublication(owner, draft)).code).to.equal('state-conflict');
    });

    it('when it waits for staff › no visitor finds it, whatever they ask', async () => {
      const work = await archiveWork(owner, { title: '尚未公开的青瓷', tags: ['青瓷'] });
      const { publication } = (await expectStatus(200, submitPublication(owner, work))).body;
      expect(publication).to.include({ state: 'PENDING', round: 1, title: '尚未公开的青瓷' });
      for (const query of ['', 'q=青瓷', 'category=DESIGN', 'author=青釉', 'q=尚', 'limit=100'])
        expect(await found(query), query).to.not.include('尚未公开的青瓷');
      const { images } = (await expectStatus(200, staff.get(`/staff/publications/${publication.id}`))).body;
      for (const path of ['', `/images/${images[0].id}`, `/images/${images[0].id}/small`])
        expect((await visitor().get(`/publications/${publication.id}${path}`)).code, path).to.equal(
          'publication-not-found',
        );
      const [row] = await portal.db.query('SELECT terms FROM publication WHERE id = $1', [publication.id]);
      expect(row).to.deep.equal({ terms: [] });
      await portal.db
        .query(`UPDATE publication SET terms = '{青}' WHERE id = $1`, [publication.id])
        .then(() => expect.fail('the database must refuse it'))
        .catch(({ constraint }) => expect(constraint).to.equal('publication_found_only_when_public'));
    });
  });

  describe('a public work', () => {
    it('G91 › when staff approves › anybody sees its picture, author, category and certificates with their status', async () => {
      const work = await archiveWork(owner, { title: '鹤影主视觉', tags: ['创意设计'] });
      const certificates = [await certify(work.id, 'CERTIFIED'), await certify(work.id, 'REVOKED')];
      const { id } = await publishWork({ owner, staff }, work, { author: '青釉工作室' });
      const { body } = await expectStatus(200, visitor().get(`/publications/${id}`));
      expect(body).to.deep.include({
        title: '鹤影主视觉',
        author: '青釉工作室',
        category: 'DESIGN',
        tags: ['创意设计'],
      });
      expect(body.certificates.map(({ number, status }: Record<string, string>) => [number, status])).to.deep.equal([
        [certificates[0], 'final'],
        [certificates[1], 'revoked'],
      ]);
      const [first] = body.images;
      const picture = await expectStatus(200, visitor().get(`/publications/${id}/images/${first.id}`));
      const { format, exif, width } = await sharp(picture.bytes).metadata();
      expect({ format, exif, width }).to.deep.equal({ format: 'webp', exif: undefined, width: first.width });
      expect(picture.bytes.includes('EXIF-MARK')).to.equal(false);
      expect(Object.fromEntries(picture.headers)).to.include({
        'cache-control': 'public, max-age=300',
        'x-content-type-options': 'nosniff',
        'content-type': 'image/webp',
      });
      const again = await rawGet(`/api/v1/publications/${id}/images/${first.id}`, picture.headers.get('ETag') ?? '');
      expect(again).to.equal(304);
      expect(JSON.stringify(body)).to.not.include('uploadId');
      const [item] = (await visitor().get('/publications?q=鹤影主视觉')).body.items;
      expect(item.imageId).to.equal(first.id);
    });

    it('when its owner withdraws it, submits it again or deletes the work › nobody finds it any more', async () => {
      for (const [title, end] of [
        ['撤回作品', (id: string) => expectStatus(204, owner.delete(`/works/${id}/publication`))],
        [
          '重新提交',
          async (id: string) => expectStatus(200, submitPublication(owner, (await owner.get(`/works/${id}`)).body)),
        ],
        ['删除作品', (id: string) => expectStatus(204, owner.delete(`/works/${id}`))],
      ] as const) {
        const work = await archiveWork(owner, { title });
        if (title === '删除作品') await certify(work.id, 'CERTIFIED');
        const { id } = await publishWork({ owner, staff }, work);
        const { images } = (await expectStatus(200, visitor().get(`/publications/${id}`))).body;
        expect(await titled(title)).to.deep.equal([title]);
        await end(work.id);
        expect(await titled(title), title).to.deep.equal([]);
        for (const path of ['', `/images/${images[0].id}`])
          expect((await visitor().get(`/publications/${id}${path}`)).status, title + path).to.equal(404);
      }
    });

    it("when a stranger names another's work › finds nothing to read, submit, withdraw or appeal", async () => {
      const work = await archiveWork(owner, { title: '别人的作品' });
      await publishWork({ owner, staff }, work);
      expect((await stranger.get(`/works/${work.id}/publication`)).body).to.deep.equal({ publication: null });
      expect((await submitPublication(stranger, work)).code).to.equal('work-not-found');
      expect((await stranger.delete(`/works/${work.id}/publication`)).code).to.equal('work-not-found');
      const appeal = await stranger.post(`/works/${work.id}/publication/appeal`, { text: '是我的' });
      expect(appeal.code).to.equal('publication-not-found');
      expect(await titled('别人的作品')).to.deep.equal(['别人的作品']);
    });
  });

  describe('staff', () => {
    it('when no staff asks › is refused everywhere', async () => {
      const id = newId();
      for (const send of [
        () => stranger.get('/staff/publications'),
        () => stranger.get(`/staff/publications/${id}`),
        () => stranger.get(`/staff/publications/${id}/images/${id}`),
        () => decide(stranger, { id, round: 1 }, 'APPROVE'),
        () => stranger.post(`/staff/publications/${id}/reports/${id}/dismissal`, {}),
      ])
        expect((await send()).code).to.equal('forbidden');
    });

    it('when a refusal has no reason › names the fields; with one › the owner reads it and may submit again', async () => {
      const work = await archiveWork(owner, { title: '需要修改' });
      const { publication } = (await submitPublication(owner, work)).body;
      expect((await decide(staff, publication, 'REFUSE')).fields).to.deep.equal(['ground: missing', 'text: missing']);
      await expectStatus(200, decide(staff, publication, 'REFUSE', REASON));
      const seen = (await owner.get(`/works/${work.id}/publication`)).body.publication;
      expect(seen).to.include({ state: 'REFUSED' });
      expect(seen.decisions[0]).to.include({ decision: 'REFUSE', ...REASON });
      expect((await submitPublication(owner, work)).body.publication).to.include({ state: 'PENDING', round: 2 });
      expect((await decide(staff, publication, 'APPROVE')).code, 'an older round').to.equal('review-conflict');
    });

    it('when a reviewer owns the work › may not decide it', async () => {
      const work = await archiveWork(staff, { title: '审核员自己的作品' });
      const { publication } = (await submitPublication(staff, work)).body;
      expect((await decide(staff, publication, 'APPROVE')).code).to.equal('forbidden');
      await expectStatus(200, decide(colleague, publication, 'APPROVE'));
    });

    it('when two decide at once › one decision holds', async () => {
      const work = await archiveWork(owner, { title: '同时审核' });
      const { publication } = (await submitPublication(owner, work)).body;
      const answers = await Promise.all([
        decide(staff, publication, 'APPROVE'),
        decide(colleague, publication, 'REFUSE', REASON),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
    });

    it('when it takes a work down › certificates stay; the appeal is for somebody else, and there is one', async () => {
      const work = await archiveWork(owner, { title: '被下架的作品' });
      const number = await certify(work.id, 'CERTIFIED');
      const publication = await publishWork({ owner, staff }, work);
      await expectStatus(200, decide(staff, publication, 'TAKE_DOWN', REASON));
      expect(await titled('被下架的作品')).to.deep.equal([]);
      const [order] = await portal.db.query('SELECT state FROM attestation WHERE certificate_number = $1', [number]);
      expect(order).to.deep.equal({ state: 'CERTIFIED' });
      expect((await submitPublication(owner, work)).code, 'submitted again').to.equal('state-conflict');
      const appeal = () => owner.post(`/works/${work.id}/publication/appeal`, { text: '作品是我画的。' });
      await expectStatus(200, appeal());
      expect((await appeal()).code).to.equal('state-conflict');
      expect((await decide(staff, publication, 'RESTORE')).code, 'the same person').to.equal('forbidden');
      const waiting = (await colleague.get('/staff/publications?view=waiting&limit=100')).body.items;
      expect(waiting.map(({ id }: { id: string }) => id)).to.include(publication.id);
      await expectStatus(200, decide(colleague, publication, 'RESTORE'));
      expect(await titled('被下架的作品')).to.deep.equal(['被下架的作品']);
      await expectStatus(200, decide(staff, publication, 'TAKE_DOWN', REASON));
      await expectStatus(200, appeal());
      await expectStatus(200, decide(colleague, publication, 'UPHOLD', REASON));
      expect((await appeal()).code).to.equal('state-conflict');
      expect((await submitPublication(owner, work)).code).to.equal('state-conflict');
      const actions = await portal.db.query('SELECT action FROM audit WHERE subject = $1 ORDER BY seq', [
        `publication:${publication.id}`,
      ]);
      expect(actions.map(({ action }) => action).filter((action) => action !== 'publication.look')).to.deep.equal(
        ['submit', 'approve', 'take-down', 'appeal', 'restore', 'take-down', 'appeal', 'uphold'].map(
          (each) => `publication.${each}`,
        ),
      );
    });
  });

  describe('a report', () => {
    const report = (id: string, changes = {}) =>
      visitor().post(`/publications/${id}/reports`, {
        ground: 'COPYRIGHT',
        text: '这是我的图',
        contact: '13911112222',
        ...changes,
      });

    it('when a visitor reports a work › staff reads it, and it is encrypted in the database', async () => {
      const publication = await publishWork({ owner, staff }, await archiveWork(owner, { title: '被举报的作品' }));
      await expectStatus(202, report(publication.id));
      expect((await report(publication.id)).code).to.equal('report-open');
      const reported = (await staff.get('/staff/publications?view=reported')).body.items;
      expect(reported).to.have.length(1);
      expect(reported[0]).to.include({ id: publication.id, openReports: 1 });
      const { reports } = (await expectStatus(200, staff.get(`/staff/publications/${publication.id}`))).body;
      expect(reports[0]).to.include({ ground: 'COPYRIGHT', text: '这是我的图', contact: '13911112222', state: 'OPEN' });
      const [row] = await portal.db.query('SELECT publication_report::text AS row FROM publication_report');
      for (const secret of ['13911112222', '这是我的图', '127.0.0.1'])
        expect(row?.row.includes(Buffer.from(secret).toString('hex')) || row?.row.includes(secret), secret).to.equal(
          false,
        );
      await expectStatus(
        200,
        staff.post(`/staff/publications/${publication.id}/reports/${reports[0].id}/dismissal`, {}),
      );
      expect((await staff.get('/staff/publications?view=reported')).body.items).to.deep.equal([]);
      expect(await titled('被举报的作品'), 'it stays').to.have.length(1);
      await expectStatus(202, report(publication.id));
      await expectStatus(200, decide(staff, publication, 'TAKE_DOWN', REASON));
      const after = (await staff.get(`/staff/publications/${publication.id}`)).body.reports;
      expect(after.map(({ state }: { state: string }) => state).toSorted()).to.deep.equal(['CONFIRMED', 'DISMISSED']);
    });

    it('about a work that is not public, or with wrong fields › is refused', async () => {
      const { publication } = (await submitPublication(owner, await archiveWork(owner, { title: '未公开' }))).body;
      expect((await report(publication.id)).code).to.equal('publication-not-found');
      expect((await report(newId())).code).to.equal('publication-not-found');
      expect((await report(publication.id, { ground: 'X', contact: 'x'.repeat(101) })).fields).to.deep.equal([
        'contact: too-long',
        'ground: not-an-option',
      ]);
    });

    it('when one address reports without end › is slowed down', async () => {
      const strict = await startPortal({ environment: { RATE_LIMIT_SCALE: '1' } });
      try {
        const send = () => strict.visitor().post(`/publications/${newId()}/reports`, { ground: 'OTHER' });
        const codes: (string | undefined)[] = [];
        for (let tries = 0; tries < 11; tries += 1) codes.push((await send()).code);
        expect(new Set(codes.slice(0, 10))).to.deep.equal(new Set(['publication-not-found']));
        expect(codes[10]).to.equal('rate-limited');
      } finally {
        await strict.stop();
      }
    });
  });

  /** `fetch` would ask for a fresh copy. */
  function rawGet(path: string, etag: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(portal.url + path, { headers: { 'If-None-Match': etag } }, (res) => resolve(res.resume().statusCode))
        .on('error', reject)
        .end();
    });
  }

  /** A certificate of the work, as the domain of attestations would keep it. */
  async function certify(workId: string, state: 'CERTIFIED' | 'REVOKED'): Promise<string> {
    const [row] = await portal.db.query<{ number: string }>(
      `INSERT INTO attestation (id, order_number, account_id, work_id, state, form, frozen, submitted_at, paid_at, certified_at, certificate_number)
       SELECT $1, 1e18 + nextval('work_serial_seq'), account_id, id, $3::attestation_state, '{}', '{}', now(), now(), now(), nextval('work_serial_seq')
         FROM work WHERE id = $2 RETURNING certificate_number AS number`,
      [newId(), workId, state],
    );
    return String(row?.number);
  }
});
