// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { workForm } from '../../../test/support/orders.ts';
import {
  expectStatus,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
  uploadFile,
} from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';

describe('deleted works over HTTP', () => {
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

  const archive = async (owner: PortalMember) => {
    const uploadId = await uploadFile(owner, '鹤华.jpg', await photo());
    return (await expectStatus(201, owner.post('/works', workForm(uploadId)))).body;
  };

  /** An order in this state, as the domain of attestations would keep it. */
  const placeOrder = (workId: string, state: string) =>
    portal.db.query(
      `INSERT INTO attestation (id, order_number, account_id, work_id, state, form, frozen, submitted_at, paid_at, certified_at, certificate_number)
       SELECT $1, 1e18 + nextval('work_serial_seq'), account_id, id, $3::attestation_state, '{}', '{}', now(), now(), now(), nextval('work_serial_seq')
         FROM work WHERE id = $2`,
      [newId(), workId, state],
    );

  describe('DELETE /works/{id}', () => {
    const HALF_HOUR_MS = 30 * 60_000;
    const rowsOf = (id: string) => portal.db.query('SELECT state FROM work WHERE id = $1', [id]);

    it('G127 删除 › when it never had an order › hides it, and erases it half an hour later', async () => {
      const work = await archive(member);
      expect((await member.delete(`/works/${work.id}`)).status).to.equal(204);
      expect((await member.get(`/works/${work.id}`)).code).to.equal('work-not-found');
      expect((await member.delete(`/works/${work.id}`)).code).to.equal('work-not-found');
      await portal.sweep(new Date(Date.now() + HALF_HOUR_MS - 60_000));
      expect(await rowsOf(work.id)).to.deep.equal([{ state: 'DELETED' }]);
      await portal.sweep(new Date(Date.now() + HALF_HOUR_MS + 1_000));
      expect(await rowsOf(work.id)).to.deep.equal([]);
      expect((await member.post(`/works/${work.id}/restoration`)).code).to.equal('work-not-found');
    });

    it('when it is restored within half an hour › is there again as it was, once, and for its owner only', async () => {
      const work = await archive(member);
      const draft = (await expectStatus(201, member.post('/works', { title: '草稿', state: 'DRAFT' }))).body;
      for (const { id, state, title } of [work, draft]) {
        await expectStatus(204, member.delete(`/works/${id}`));
        expect((await stranger.post(`/works/${id}/restoration`)).code).to.equal('work-not-found');
        const answers = await Promise.all([1, 2].map(() => member.post(`/works/${id}/restoration`)));
        expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 404]);
        expect((await member.get(`/works/${id}`)).body).to.include({ state, title });
      }
      await portal.sweep(new Date(Date.now() + HALF_HOUR_MS + 1_000));
      expect((await member.get(`/works/${work.id}`)).body.files).to.deep.equal(work.files);
    });

    it('when the half hour is over › is not restored, also before the sweep came', async () => {
      const work = await archive(member);
      await expectStatus(204, member.delete(`/works/${work.id}`));
      await portal.db.query(`UPDATE work SET state_at = state_at - interval '31 minutes' WHERE id = $1`, [work.id]);
      expect((await member.post(`/works/${work.id}/restoration`)).code).to.equal('work-not-found');
    });

    it('when it had one › hides it and keeps the row', async () => {
      const work = await archive(member);
      await placeOrder(work.id, 'CERTIFIED');
      expect((await member.delete(`/works/${work.id}`)).status).to.equal(204);
      expect((await member.get(`/works/${work.id}`)).code).to.equal('work-not-found');
      expect((await member.get(`/works/${work.id}/files/${work.cover.uploadId}/content`)).code).to.equal(
        'file-not-found',
      );
      await portal.sweep(new Date(Date.now() + HALF_HOUR_MS + 1_000));
      expect(await rowsOf(work.id)).to.deep.equal([{ state: 'DELETED' }]);
    });
  });
});
