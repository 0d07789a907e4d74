// SPDX-License-Identifier: Apache-2.0
// 证据保全: what a hold keeps from being erased, and how two people lift it. Over HTTP, on a real ledger.
import { expect } from 'chai';
import { z } from 'zod';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { askLift, decideLift, liftHold, placedHold, placeHold } from '../../../test/support/legal-holds.ts';
import { draftOrder, type Order } from '../../../test/support/orders.ts';
import { expectStatus, PASSWORD, type PortalMember } from '../../../test/support/portal.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { sweepRetention } from '../operations/retention.ts';
import { retentionOf, retentionSettings } from '../retention-settings.ts';

const DAY_MS = 86_400_000;

describe('legal holds', function () {
  // On a busy machine it takes minutes to a certificate.
  this.timeout(300_000);
  let portal: CertificatesPortal;
  let reviewer: StaffMember;
  let senior: StaffMember;
  before(async () => {
    portal = await startCertificatesPortal();
    reviewer = await staffMember(portal, 'reviewer');
    senior = await staffMember(portal, 'senior-reviewer');
  });
  after(() => portal.stop());

  const owning = async () => {
    const owner = await portal.member({ verified: true });
    const order: Order = await certifiedOrder(portal, owner);
    return { owner, order, account: await accountIdOf(portal, owner), number: order.certificate.number };
  };
  const close = (member: PortalMember) =>
    expectStatus(204, member.post('/me/closing', { password: PASSWORD, isUnderstood: true, erasesOrders: true }));
  const erasedAt = async (number: string) =>
    (await expectStatus(200, portal.visitor().get(`/lookup/${number}`))).body.erasedAt;
  const pictures = async (account: string) => {
    const rows = await portal.db.query(
      `SELECT 1 FROM private_image WHERE account_id = $1 AND purpose IN ('ID_FRONT', 'ID_BACK')`,
      [account],
    );
    return rows.length;
  };
  /** Long after the days of all of them. */
  const sweepPictures = () =>
    sweepRetention(portal.db.prisma, {
      periods: retentionOf(z.object(retentionSettings).parse({})),
      now: new Date(Date.now() + 4_000 * DAY_MS),
      table: 'private_image',
      onItemFailure: ({ error }) => {
        throw error;
      },
    });
  const stateOf = async (id: string) => (await expectStatus(200, senior.get(`/staff/legal-holds/${id}`))).body.state;

  describe('placing', () => {
    it('when a number means no submitted order, or one twice, or words are missing › names each', async () => {
      const { owner, order, number } = await owning();
      const draft = await draftOrder(owner);
      const numbers = [draft.orderNumber, number, order.orderNumber, '77'];
      expect((await placeHold(reviewer, numbers)).fields).to.deep.equal([
        ...['numbers.0: not-found', 'numbers.2: duplicate', 'numbers.3: not-found'],
      ]);
      expect((await placeHold(reviewer, [], { reason: ' ' })).fields).to.have.members([
        ...['reason: missing', 'numbers: too-few'],
      ]);
      const guess = { caseId: '019aaaaa-0000-7000-8000-000000000001' };
      expect((await placeHold(reviewer, [number], guess)).code).to.equal('assistance-case-not-found');
    });

    it('when members, other roles or the owner as a reviewer try it › is forbidden', async () => {
      const { owner, account, number } = await owning();
      for (const by of [owner, await staffMember(portal, 'auditor'), await staffMember(portal, 'finance')])
        expect((await placeHold(by, [number])).code).to.equal('forbidden');
      const role = `INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, 'reviewer', 'test')`;
      await portal.db.query(role, [account]);
      const id = await placedHold(reviewer, [number]);
      expect((await placeHold(owner, [number])).code).to.equal('forbidden');
      expect((await askLift(owner, id)).code).to.equal('forbidden');
    });
  });

  describe('lifting', () => {
    it('when one person alone tries it › is refused', async () => {
      const { number } = await owning();
      const id = await placedHold(senior, [number]);
      expect((await decideLift(senior, id)).code).to.equal('review-conflict');
      await expectStatus(200, askLift(senior, id));
      expect((await decideLift(senior, id)).code).to.equal('reviewed-before');
      expect((await decideLift(reviewer, id)).code).to.equal('forbidden');
      expect((await askLift(reviewer, id)).code).to.equal('state-conflict');
      expect(await stateOf(id)).to.equal('LIFT_ASKED');
    });

    it('when two people decide at once › counts once, and a kept hold can be asked for again', async () => {
      const { number } = await owning();
      const id = await placedHold(reviewer, [number]);
      await expectStatus(200, askLift(reviewer, id));
      const other = await staffMember(portal, 'senior-reviewer');
      const answers = await Promise.all([decideLift(senior, id, false), decideLift(other, id, false)]);
      expect(answers.map(({ code }) => code)).to.have.members([undefined, 'review-conflict']);
      expect(await stateOf(id)).to.equal('HELD');
      await liftHold([reviewer, senior], id);
      const { decision, liftAsked } = (await expectStatus(200, senior.get(`/staff/legal-holds/${id}`))).body;
      expect([decision.isLifted, decision.by === liftAsked.by]).to.deep.equal([true, false]);
      const rows = await portal.db.query('SELECT action FROM audit WHERE subject = $1 ORDER BY seq', [
        `legal-hold:${id}`,
      ]);
      expect(rows.map(({ action }) => String(action).replace('legal-hold.', ''))).to.deep.equal([
        ...['place', 'ask-lift', 'keep', 'ask-lift', 'lift'],
      ]);
    });
  });

  describe('erasing', () => {
    it('when the owner closes the account › what is held stays until the last hold is lifted, the rest goes', async () => {
      const { owner, order, account, number } = await owning();
      const other: Order = await certifiedOrder(portal, owner);
      expect((await expectStatus(200, owner.get('/me/closing'))).body).to.deep.equal({ reasons: [], isHeld: false });
      const holds = [await placedHold(reviewer, [number]), await placedHold(senior, [order.orderNumber])] as const;
      expect((await expectStatus(200, owner.get('/me/closing'))).body.isHeld).to.equal(true);
      const kept = await pictures(account);
      expect(kept).to.be.at.least(2);
      await close(owner);
      await portal.sweep(new Date(Date.now() + 4_000 * DAY_MS));
      expect(await erasedAt(other.certificate.number)).to.be.a('string');
      expect([await erasedAt(number), await pictures(account)]).to.deep.equal([null, kept]);
      const code = String(order.certificate.lookupUrl).split('#')[1];
      const opened = await expectStatus(200, portal.visitor().post(`/lookup/${number}`, { code }));
      expect(opened.body.bundle).to.include('"work"');
      const files = `SELECT state FROM upload JOIN attestation_file ON upload_id = upload.id WHERE attestation_id = $1`;
      expect((await portal.db.query(files, [order.id]))[0]?.state).to.equal('COMPLETE');

      await liftHold([reviewer, senior], holds[0]);
      await portal.sweep(new Date());
      expect(await erasedAt(number)).to.equal(null);
      await liftHold([reviewer, await staffMember(portal, 'senior-reviewer')], holds[1]);
      await Promise.all([portal.sweep(new Date()), portal.sweep(new Date())]);
      expect(await erasedAt(number)).to.be.a('string');
      expect([await pictures(account), await portal.db.query(files, [order.id])]).to.deep.equal([0, []]);
      const done = await portal.db.query(`SELECT 1 FROM audit WHERE subject = $1 AND action = 'account.erase-rest'`, [
        `account:${account}`,
      ]);
      expect(done).to.have.length(1);
    });

    it('when the owner withdraws the consent › pictures stay until the hold is lifted', async () => {
      const { owner, account, number } = await owning();
      const id = await placedHold(reviewer, [number]);
      await expectStatus(204, owner.delete('/me/consents/identity'));
      expect((await expectStatus(200, owner.get('/me'))).body.isVerified).to.equal(false);
      await portal.sweep(new Date());
      expect(await pictures(account)).to.be.at.least(2);
      await liftHold([reviewer, senior], id);
      await portal.sweep(new Date());
      expect([await pictures(account), await erasedAt(number)]).to.deep.equal([0, null]);
    });

    it('when the days of identity pictures are over › keeps those of held orders alone', async () => {
      const [held, free] = [await owning(), await owning()];
      const id = await placedHold(reviewer, [held.number]);
      await sweepPictures();
      expect(await pictures(free.account)).to.equal(0);
      expect(await pictures(held.account)).to.be.at.least(2);
      await liftHold([reviewer, senior], id);
      await sweepPictures();
      expect(await pictures(held.account)).to.equal(0);
    });

    it('when a hold is placed while the account is closed › all of it is kept, or all was erased before', async () => {
      const { owner, account, number } = await owning();
      const [{ status }] = await Promise.all([placeHold(reviewer, [number]), close(owner)]);
      expect(status).to.equal(201);
      const pending = await portal.db.query('SELECT 1 FROM pending_erasure WHERE account_id = $1', [account]);
      const isKept = pending.length === 1;
      expect((await erasedAt(number)) === null).to.equal(isKept);
      expect((await pictures(account)) > 0).to.equal(isKept);
    });
  });
});
