// SPDX-License-Identifier: Apache-2.0
// 异议, from what a third party files to what a stranger finds at the look-up: over HTTP, on a real ledger.
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  answerObjection,
  decideObjection,
  filedObjection,
  fileObjection,
  WORDS,
} from '../../../test/support/objections.ts';
import type { Order } from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import { paper } from '../../../test/support/registrations.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';

describe('objections', function () {
  // On a busy machine it takes minutes to a certificate.
  this.timeout(300_000);
  let portal: CertificatesPortal;
  let owner: PortalMember;
  let senior: StaffMember;
  let order: Order;
  let number: string;
  before(async () => {
    portal = await startCertificatesPortal();
    owner = await portal.member({ verified: true });
    senior = await staffMember(portal, 'senior-reviewer');
    order = await certifiedOrder(portal, owner);
    number = order.certificate.number;
  });
  after(() => portal.stop());

  const someone = () => portal.member({ verified: true });
  const shown = async (by: PortalClient, id: string): Promise<Order | undefined> =>
    (await expectStatus(200, by.get('/objections'))).body.items.find((item: Order) => item.id === id);
  const atLookup = async (): Promise<Order[]> =>
    (await expectStatus(200, portal.visitor().get(`/lookup/${number}`))).body.objections ?? [];
  const told = async (by: PortalClient, kind: string): Promise<Order[]> =>
    (await expectStatus(200, by.get('/messages'))).body.items.filter((message: Order) => message.kind === kind);
  const endWait = (id: string) => portal.db.query('UPDATE objection SET answer_until = now() WHERE id = $1', [id]);

  describe('filing', () => {
    it('when nobody is logged in, or without a verified name › is refused', async () => {
      expect((await fileObjection(portal.visitor(), number)).code).to.equal('unauthenticated');
      expect((await fileObjection(await portal.member(), number)).code).to.equal('identity-required');
    });

    it('when fields are wrong, or the document is somebody else’s › names each of them', async () => {
      const by = await someone();
      const theirs = await uploadFile(owner, '底稿.pdf', paper('theirs'));
      const form = { reason: 'ENVY', words: ' ' };
      expect((await fileObjection(by, number, form)).fields).to.deep.equal(['reason: not-an-option', 'words: missing']);
      expect((await fileObjection(by, '9999', { documents: [theirs] })).fields).to.have.members([
        ...['number: not-found', 'documents.0: not-found'],
      ]);
    });

    it('when it is the own certificate, or a second one, also at once › is refused', async () => {
      expect((await fileObjection(owner, number)).code).to.equal('forbidden');
      const by = await someone();
      const answers = await Promise.all([fileObjection(by, number), fileObjection(by, order.orderNumber)]);
      expect(answers.map(({ status, code }) => code ?? status)).to.have.members([201, 'objection-open']);
      const id = answers.find(({ status }) => status === 201)?.body.id;
      await expectStatus(200, by.post(`/objections/${id}/withdrawal`, {}));
      await expectStatus(201, fileObjection(by, number));
    });
  });

  describe('others', () => {
    it('when somebody guesses its id › find nothing', async () => {
      const by = await someone();
      const proof = await uploadFile(by, '底稿.pdf', paper('draft'));
      const id = await filedObjection(by, number, { documents: [proof] });
      const guesser = await someone();
      for (const asker of [guesser, senior]) {
        expect(await shown(asker, id).catch(() => undefined)).to.equal(undefined);
        expect((await asker.get(`/objections/${id}/files/${proof}/content`)).status).to.be.oneOf([403, 404]);
      }
      expect((await answerObjection(guesser, id)).code).to.equal('objection-not-found');
      expect((await guesser.post(`/objections/${id}/withdrawal`, {})).code).to.equal('objection-not-found');
      expect((await answerObjection(by, id)).code).to.equal('objection-not-found');
      expect((await owner.post(`/objections/${id}/withdrawal`, {})).code).to.equal('objection-not-found');
      expect((await decideObjection(guesser, id)).code).to.equal('forbidden');
      expect((await guesser.get(`/staff/objections/${id}`)).code).to.equal('forbidden');
      for (const side of [by, owner]) await expectStatus(200, side.get(`/objections/${id}/files/${proof}/content`));
      await expectStatus(200, senior.get(`/staff/objections/${id}/files/${proof}/content`));
    });
  });

  describe('the outcome', () => {
    it('when the owner may still answer, or staff is one of the sides › is not recorded', async () => {
      const by = await someone();
      const id = await filedObjection(by, number);
      expect((await decideObjection(senior, id)).code).to.equal('review-conflict');
      expect((await decideObjection(await staffMember(portal, 'reviewer'), id)).code).to.equal('forbidden');
      await endWait(id);
      const account = await accountIdOf(portal, by);
      const role = `INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, 'senior-reviewer', 'test')`;
      await portal.db.query(role, [account]);
      expect((await decideObjection(by, id)).code).to.equal('forbidden');
      await expectStatus(200, decideObjection(senior, id));
    });

    it('when two people decide at once, or it is withdrawn meanwhile › counts once', async () => {
      const by = await someone();
      const id = await filedObjection(by, number);
      await expectStatus(200, answerObjection(owner, id));
      expect((await answerObjection(owner, id)).code).to.equal('state-conflict');
      const other = await staffMember(portal, 'senior-reviewer');
      const answers = await Promise.all([
        decideObjection(senior, id, true),
        decideObjection(other, id),
        by.post(`/objections/${id}/withdrawal`, {}),
      ]);
      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
      for (const { code } of answers) expect(code).to.be.oneOf([undefined, 'review-conflict', 'state-conflict']);
    });

    it('when it is upheld › both sides and strangers learn of it, and strangers no word of it', async () => {
      const by = await someone();
      const before = await atLookup();
      const id = await filedObjection(by, number);
      const mine = await told(owner, 'objection-filed');
      expect((await atLookup())[0]).to.deep.include({ state: 'OPEN', decidedAt: null });
      expect(await shown(owner, id)).to.deep.include({ isMine: false, canAnswer: true, words: WORDS });
      await expectStatus(200, answerObjection(owner, id));
      expect((await atLookup())[0]?.state).to.equal('ANSWERED');
      const { body } = await expectStatus(200, decideObjection(senior, id, true));
      expect(body).to.deep.include({ state: 'UPHELD', isDue: false });
      const all = await atLookup();
      expect(all).to.have.length(before.length + 1);
      expect(Object.keys(all[0])).to.have.members(['state', 'filedAt', 'decidedAt']);
      expect(all[0].state).to.equal('UPHELD');
      expect(JSON.stringify((await portal.visitor().get(`/lookup/${number}`)).body)).not.to.include(WORDS);
      for (const side of [by, owner]) {
        expect((await shown(side, id))?.outcome).to.deep.include({ isUpheld: true });
        expect(await told(side, 'objection-decided')).not.to.have.length(0);
      }
      const { steps } = (await expectStatus(200, owner.get(`/works/${order.workId}/rights-events`))).body;
      const upheld = steps.filter(({ kind }: Order) => kind === 'OBJECTION').at(-1).event;
      const { objectionNumber } = (await shown(by, id)) ?? {};
      expect(upheld.facts).to.include({ objectionNumber, reason: 'OWNERSHIP', certificateNumber: number });
      expect(JSON.stringify(upheld)).not.to.include(WORDS);
      const onChain = async () => (await owner.get(`/rights-events/${upheld.id}`)).body.state === 'FINAL';
      await eventually(onChain, { withinMs: 240_000 });
      const { bytes } = await expectStatus(200, owner.get(`/rights-events/${upheld.id}/bundle`));
      const { sections } = parseBundle(bytes);
      expect(sections?.find(({ name }) => name === 'event')?.content).to.include({
        ...{ kind: 'OBJECTION', objectionNumber, basis: '异议成立，由平台依处理结果记录' },
      });
      expect(sections?.map(({ name }) => name)).to.have.members(['event', 'work', 'documents']);
      expect([mine.length > 0, (await told(by, 'objection-answered')).length]).to.deep.equal([true, 1]);
    });

    it('when it is dismissed, or an owner states one themselves › nothing goes on record', async () => {
      const events = async () =>
        portal.db.query(`SELECT id FROM rights_event WHERE kind = 'OBJECTION' AND work_id = $1`, [order.workId]);
      const before = await events();
      const id = await filedObjection(await someone(), number);
      await expectStatus(200, answerObjection(owner, id));
      await expectStatus(200, decideObjection(senior, id));
      const facts = {
        kind: 'OBJECTION',
        objectionNumber: '1',
        reason: 'OTHER',
        certificateNumber: number,
        upheldOn: '2026-01-01',
      };
      const { fields } = await owner.post(`/works/${order.workId}/rights-events`, { facts });
      expect(fields).to.deep.equal(['facts.kind: malformed']);
      expect(await events()).to.deep.equal(before);
    });

    it('when it is withdrawn › is not shown to strangers any more', async () => {
      const before = await atLookup();
      const by = await someone();
      const id = await filedObjection(by, number);
      await expectStatus(200, by.post(`/objections/${id}/withdrawal`, {}));
      expect(await atLookup()).to.deep.equal(before);
      expect((await answerObjection(owner, id)).code).to.equal('state-conflict');
    });
  });
});
