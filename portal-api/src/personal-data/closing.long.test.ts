// SPDX-License-Identifier: Apache-2.0
// What closing an account does to what was published and certified.
import { parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import type { Order } from '../../../test/support/orders.ts';
import { expectStatus, PASSWORD, type PortalMember } from '../../../test/support/portal.ts';
import { archiveWork, makeStaff, publishWork } from '../../../test/support/publications.ts';
import { staffMember } from '../../../test/support/staff.ts';

describe('closing an account over HTTP', function () {
  this.timeout(120_000);
  let portal: CertificatesPortal;
  let reviewer: PortalMember;
  before(async () => {
    portal = await startCertificatesPortal();
    reviewer = await makeStaff(portal, 'reviewer');
  });
  after(() => portal.stop());

  const close = (member: PortalMember, options: object = {}) =>
    expectStatus(204, member.post('/me/closing', { password: PASSWORD, isUnderstood: true, ...options }));
  const visitor = () => portal.visitor();
  const lookUp = async (order: Order) => (await expectStatus(200, visitor().get(`/lookup/${numberOf(order)}`))).body;
  const numberOf = (order: Order) => order.certificate.number;
  const codeOf = (order: Order) => String(order.certificate.lookupUrl).split('#')[1];
  const unlock = (order: Order) => visitor().post(`/lookup/${numberOf(order)}`, { code: codeOf(order) });
  const found = async (title: string) =>
    (await expectStatus(200, visitor().get(`/publications?q=${encodeURIComponent(title)}`))).body.items;

  describe('publications', () => {
    it('when a member closes their account › nothing of it is found or shown any more', async () => {
      const owner = await portal.member({ verified: true });
      const { id } = await publishWork({ owner, staff: reviewer }, await archiveWork(owner, { title: '青花人偶离场' }));
      const { images } = (await expectStatus(200, visitor().get(`/publications/${id}`))).body;
      expect(await found('青花人偶离场')).to.have.length(1);
      await close(owner);
      expect(await found('青花人偶离场')).to.deep.equal([]);
      expect((await visitor().get(`/publications/${id}`)).code).to.equal('publication-not-found');
      expect((await visitor().get(`/publications/${id}/images/${images[0].id}`)).status).to.equal(404);
    });

    it('when staff close an account › nothing of it is found, and an appeal brings nothing back', async () => {
      const owner = await portal.member({ verified: true });
      const senior = await makeStaff(portal, 'senior-reviewer');
      const security = await staffMember(portal, 'security-admin');
      const [shown, removed] = [
        await publishWork({ owner, staff: reviewer }, await archiveWork(owner, { title: '彩陶双耳罐关停' })),
        await publishWork({ owner, staff: reviewer }, await archiveWork(owner, { title: '彩陶三足鬲关停' })),
      ];
      const reason = { round: removed.round, ground: 'COPYRIGHT', text: '与他人作品相同。' };
      const decide = (by: PortalMember, decision: string) =>
        by.post(`/staff/publications/${removed.id}/decision`, { ...reason, decision });
      await expectStatus(200, decide(reviewer, 'TAKE_DOWN'));
      const [{ work_id, account_id }] = (await portal.db.query(
        'SELECT work_id, account_id FROM publication WHERE id = $1',
        [removed.id],
      )) as [Record<string, string>];
      await expectStatus(200, owner.post(`/works/${work_id}/publication/appeal`, { text: '作品系本人原创。' }));
      const closing = { event: 'close', reason: '经核实系冒名注册的账号' };
      await expectStatus(200, security.post(`/staff/accounts/${account_id}/state-changes`, closing));
      expect(await found('彩陶双耳罐关停')).to.deep.equal([]);
      expect((await visitor().get(`/publications/${shown.id}`)).code).to.equal('publication-not-found');
      expect((await decide(senior, 'RESTORE')).code).to.equal('publication-not-found');
      expect(await found('彩陶三足鬲关停')).to.deep.equal([]);
    });
  });

  describe('certified orders', () => {
    it('when nothing else is asked for › the certificate discloses what it did', async () => {
      const owner = await portal.member({ verified: true });
      const order = await certifiedOrder(portal, owner);
      await close(owner);
      expect(await lookUp(order)).to.include({ status: 'final', erasedAt: null });
      const { bundle } = (await expectStatus(200, unlock(order))).body;
      expect(parseBundle(Buffer.from(bundle)).sections?.map(({ name }) => name)).to.include.members(['work', 'files']);
    });

    it('when the owner asks for it › salts and contents are erased, the look-up says so, and the proof holds', async () => {
      const owner = await portal.member({ verified: true });
      const order = await certifiedOrder(portal, owner);
      const { sha256 } = order.files[0];
      const links = `/attestations/${order.id}/share-links`;
      const { url } = (await expectStatus(201, owner.post(links, { days: 30, label: '给李律师' }))).body;
      await close(owner, { erasesOrders: true });
      const token = String(url).split('#')[1];
      expect((await visitor().post('/lookup/shared', { token })).code).to.equal('share-link-ended');
      expect(await portal.db.query('SELECT label FROM share_link')).to.deep.equal([{ label: '' }]);
      const answer = await lookUp(order);
      expect(answer.status).to.equal('final');
      expect(Date.parse(answer.erasedAt)).to.be.closeTo(Date.now(), 60_000);
      const opened = (await expectStatus(200, unlock(order))).body;
      expect(opened.erasedAt).to.equal(answer.erasedAt);
      const bytes = Buffer.from(opened.bundle);
      expect(parseBundle(bytes).sections).to.equal(undefined);
      const trust = parseTrustFile((await visitor().get('/lookup/trust')).bytes);
      const report = await verifyBundle(bytes, { trust });
      expect(report.checks.filter(({ outcome }) => outcome === 'failed')).to.deep.equal([]);
      expect((await visitor().get(`/lookup?fileSha256=${sha256}`)).body.matches).to.deep.equal([]);
      await nothingIsLeft(order);
    });
  });

  /** Neither the words nor the keys that would open what lies in the content store. */
  async function nothingIsLeft({ id }: Order): Promise<void> {
    const [certificate] = await portal.db.query(
      'SELECT id, pdf_cid, pdf_wrapped_key, parts_cipher, bundle_cipher FROM certificate WHERE attestation_id = $1',
      [id],
    );
    expect(certificate).to.include({ pdf_cid: null, pdf_wrapped_key: null, parts_cipher: null });
    const bundle = portal.vault.decryptText(certificate?.bundle_cipher, `certificate:${certificate?.id}:bundle`);
    expect(bundle).not.to.include('鹤华抱枕').and.not.to.include('"salt"');
    const [order] = await portal.db.query('SELECT form, frozen FROM attestation WHERE id = $1', [id]);
    expect(JSON.stringify(order)).not.to.match(/鹤|测试员/);
    const sections = await portal.db.query(
      'SELECT 1 FROM manifest WHERE attestation_id = $1 AND sections_cipher IS NOT NULL',
      [id],
    );
    expect(sections).to.deep.equal([]);
    const works = await portal.db.query(
      `SELECT w.title, w.intro FROM work w JOIN attestation a ON a.work_id = w.id WHERE a.id = $1`,
      [id],
    );
    expect(works).to.deep.equal([{ title: '', intro: '' }]);
    const files = await portal.db.query(
      `SELECT u.state, u.name, length(u.wrapped_key) AS key FROM upload u
        JOIN attestation a ON a.account_id = u.account_id WHERE a.id = $1`,
      [id],
    );
    expect(files).to.deep.equal(files.map(() => ({ state: 'DELETED', name: '', key: 0 })));
    expect(files).not.to.have.length(0);
  }
});
