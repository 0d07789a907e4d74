// SPDX-License-Identifier: Apache-2.0
// 初审 and 复审 over HTTP, as reviewers of both levels meet them. Who may call which route is in staff-routes.test.ts.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { type Order, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { actFor, organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalMember, verify } from '../../../test/support/portal.ts';
import {
  decide,
  type Level,
  resubmittedRegistration,
  reviewableRegistration,
} from '../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

const LEVELS: readonly Level[] = ['initial', 'final'];
const DECISIONS = ['APPROVE', 'RETURN', 'REJECT'] as const;
const STATES = [
  'DRAFT',
  'AWAITING_PAYMENT',
  'INITIAL_REVIEW',
  'INITIAL_RETURNED',
  'FINAL_REVIEW',
  'FINAL_RETURNED',
  'REGISTERING',
  'REGISTERED',
  'NOT_REGISTERED',
  'WITHDRAWN',
  'REVOKED',
] as const;
const REASON = { field: 'documents.GUARANTEE', code: 'unclear', text: '看不清签字。' } as const;
/** Where each decision leads; what is not named is refused. */
const LEADS_TO: Readonly<Record<string, string>> = {
  'INITIAL_REVIEW initial APPROVE': 'FINAL_REVIEW',
  'INITIAL_REVIEW initial RETURN': 'INITIAL_RETURNED',
  'INITIAL_REVIEW initial REJECT': 'NOT_REGISTERED',
  'FINAL_REVIEW final APPROVE': 'REGISTERING',
  'FINAL_REVIEW final RETURN': 'FINAL_RETURNED',
  'FINAL_REVIEW final REJECT': 'NOT_REGISTERED',
};

describe('reviews of registrations over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let first: StaffMember;
  let second: StaffMember;
  let both: StaffMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    first = await staffMember(portal, 'reviewer');
    second = await staffMember(portal, 'senior-reviewer');
    both = await staffMember(portal, 'reviewer', 'senior-reviewer');
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const waitingAt = async (level: Level, owner = member): Promise<Order> => {
    const registration = await reviewableRegistration(owner);
    if (level === 'final') await expectStatus(200, decide(first, registration.id, { level: 'initial' }));
    return registration;
  };
  const read = async (staff: StaffMember, id: string): Promise<Order> =>
    (await expectStatus(200, staff.get(`/staff/registrations/${id}`))).body;
  const reviewerOf = (level: Level) => (level === 'initial' ? first : second);
  const numbersGiven = async (): Promise<number> => {
    const [row] = await portal.db.query('SELECT coalesce(sum(last), 0)::int AS given FROM registration_sequence');
    return Number(row?.given);
  };
  describe('a decision', () => {
    let any: Order;
    before(async () => (any = await reviewableRegistration(member)));

    const rowOf = async (id: string) => {
      const [row] = await portal.db.query('SELECT state, registration_number FROM registration WHERE id = $1', [id]);
      return row;
    };
    /** What is approved has a number. */
    const putInto = async (state: (typeof STATES)[number]) => {
      const isApproved = ['REGISTERING', 'REGISTERED', 'REVOKED'].includes(state);
      await portal.db.query(
        `UPDATE registration SET state = $2::registration_state, registration_number = $3, certificate_number = $4
         WHERE id = $1`,
        [any.id, state, isApproved ? '测作登字-2000-F-00000001' : null, isApproved ? '100000000000000001' : null],
      );
      return rowOf(any.id);
    };

    for (const level of LEVELS)
      for (const decision of DECISIONS) {
        for (const state of STATES.filter((each) => !LEADS_TO[`${each} ${level} ${decision}`]))
          it(`${decision} of the ${level} review › when the state is ${state} › is refused, and changes nothing`, async () => {
            const put = await putInto(state);
            const given = await numbersGiven();
            expect((await decide(reviewerOf(level), any.id, { level, decision })).code).to.equal('review-conflict');
            expect(await rowOf(any.id)).to.deep.equal(put);
            expect(await numbersGiven()).to.equal(given);
          });

        const from = level === 'initial' ? 'INITIAL_REVIEW' : 'FINAL_REVIEW';
        const to = LEADS_TO[`${from} ${level} ${decision}`];
        it(`${decision} of the ${level} review › when it waits for it › leads to ${to}`, async () => {
          const { id } = await waitingAt(level);
          const given = await numbersGiven();
          const { body } = await expectStatus(200, decide(reviewerOf(level), id, { level, decision }));
          expect(body).to.include({ state: to });
          const hasNumber = to === 'REGISTERING';
          expect(await numbersGiven()).to.equal(given + (hasNumber ? 1 : 0));
          if (hasNumber) expect(body.registrationNumber).to.match(/^测作登字-20\d{2}-F-\d{8}$/);
          else expect(body.registrationNumber).to.equal(null);
          const last = body.history.at(-1);
          expect(last).to.include({ level: level.toUpperCase(), round: 1 });
          expect(last.reviewer).to.match(/^ID\d+$/);
          expect(last.reasons).to.deep.equal(decision === 'APPROVE' ? [] : [REASON]);
        });
      }
  });

  it('when an approval fails before it is committed › its number goes to the next one', async () => {
    const lost = await waitingAt('final');
    const given = await numbersGiven();
    const refuse = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`;
    await portal.db.query(refuse);
    await portal.db.query(
      `CREATE TRIGGER refuse BEFORE UPDATE ON registration FOR EACH ROW
       WHEN (NEW.registration_number IS NOT NULL) EXECUTE FUNCTION refuse()`,
    );
    expect((await decide(second, lost.id, { level: 'final' })).code).to.equal('internal');
    await portal.db.query('DROP FUNCTION refuse CASCADE');
    expect(await numbersGiven()).to.equal(given);
    const { body } = await expectStatus(200, decide(second, lost.id, { level: 'final' }));
    expect(body.registrationNumber).to.match(new RegExp(`${String(given + 1).padStart(8, '0')}$`));
  });

  it('when two decide at once › one decision stands, and one number is given', async () => {
    const { id } = await waitingAt('final');
    const given = await numbersGiven();
    const third = await staffMember(portal, 'senior-reviewer');
    const answers = await Promise.all([
      decide(second, id, { level: 'final' }),
      decide(third, id, { level: 'final' }),
      decide(third, id, { level: 'final', decision: 'REJECT' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409, 409]);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers.map(({ code }) => code)).to.deep.equal(['review-conflict', 'review-conflict']);
    const rows = await portal.db.query(
      `SELECT decision FROM registration_review WHERE registration_id = $1 AND level = 'FINAL'`,
      [id],
    );
    expect(rows).to.have.length(1);
    expect(await numbersGiven()).to.equal(given + (rows[0]?.decision === 'APPROVE' ? 1 : 0));
  });

  it('when it is returned or refused without a reason, or with a wrong one › names it', async () => {
    const { id } = await reviewableRegistration(member);
    const send = (decision: string, reasons: object[]) =>
      first.post(`/staff/registrations/${id}/initial-decision`, { round: 1, decision, reasons });
    expect((await send('RETURN', [])).fields).to.deep.equal(['reasons: missing']);
    expect((await send('REJECT', [])).fields).to.deep.equal(['reasons: missing']);
    expect((await send('APPROVE', [REASON])).fields).to.deep.equal(['reasons: too-many']);
    expect((await send('RETURN', [{ field: '../x', code: 'ugly', text: '' }])).fields).to.deep.equal([
      'reasons.0.code: not-an-option',
      'reasons.0.field: malformed',
      'reasons.0.text: missing',
    ]);
  });

  describe('who decides', () => {
    it('when it is their own › is refused at both levels, and revokes nothing', async () => {
      const own = await staffMember(portal, 'reviewer', 'senior-reviewer');
      await expectStatus(200, verify(own));
      const { id } = await reviewableRegistration(own);
      expect((await decide(own, id, { level: 'initial' })).code).to.equal('forbidden');
      await expectStatus(200, decide(first, id, { level: 'initial' }));
      expect((await decide(own, id, { level: 'final' })).code).to.equal('forbidden');
      await expectStatus(200, decide(second, id, { level: 'final' }));
      const revoked = await own.post(`/staff/registrations/${id}/revocation`, { reason: 'duplicate' });
      expect(revoked.code).to.equal('forbidden');
      expect(await read(own, id)).to.include({ isOwn: true });
      expect(await read(second, id)).to.include({ isOwn: false });
      const { body } = await expectStatus(200, own.get('/staff/registrations?state=REGISTERING'));
      expect(body.items.find((item: Order) => item.id === id)).to.include({ isOwn: true, workType: 'FINE_ART' });
    });

    it('when it is of an organisation that they belong to › is refused', async () => {
      const colleague = await staffMember(portal, 'reviewer', 'senior-reviewer');
      const { id } = await reviewableRegistration(member);
      const organisationId = await organisationWith(colleague);
      await portal.db.query('UPDATE registration SET organisation_id = $2 WHERE id = $1', [id, organisationId]);
      expect((await decide(colleague, id, { level: 'initial' })).code).to.equal('forbidden');
      expect(await read(colleague, id)).to.include({ isOwn: true });
      await expectStatus(200, decide(first, id, { level: 'initial' }));
      expect((await decide(colleague, id, { level: 'final' })).code).to.equal('forbidden');
      await expectStatus(200, decide(second, id, { level: 'final' }));
    });

    it('when they passed the first review › do not decide in the second', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, decide(both, id, { level: 'initial' }));
      for (const decision of DECISIONS)
        expect((await decide(both, id, { level: 'final', decision })).code).to.equal('reviewed-before');
      expect(await read(both, id)).to.include({ state: 'FINAL_REVIEW', hasPassedInitial: true });
      expect(await read(second, id)).to.include({ hasPassedInitial: false });
      await expectStatus(200, decide(second, id, { level: 'final' }));
    });

    it('when they took part in the first review of an earlier round › do not decide in the second either', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, decide(both, id, { level: 'initial', decision: 'RETURN' }));
      await resubmittedRegistration(member, id);
      await expectStatus(200, decide(first, id, { level: 'initial', round: 2 }));
      expect((await decide(both, id, { level: 'final', round: 2 })).code).to.equal('reviewed-before');
      await expectStatus(200, decide(second, id, { level: 'final', round: 2, decision: 'RETURN' }));
      await resubmittedRegistration(member, id);
      expect((await decide(both, id, { level: 'final', round: 3 })).code).to.equal('reviewed-before');
      await expectStatus(200, decide(second, id, { level: 'final', round: 3 }));
    });

    async function organisationWith(colleague: StaffMember): Promise<string> {
      const founder = await portal.member({ verified: true });
      const id = await organisationOf(portal, [
        [founder, 'MANAGER'],
        [colleague, 'CLERK'],
      ]);
      await actFor(colleague, null);
      return id;
    }
  });

  it('when it was submitted again meanwhile › the old round can no longer be decided', async () => {
    const { id } = await reviewableRegistration(member);
    await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
    await resubmittedRegistration(member, id);
    const late = await decide(first, id, { level: 'initial', round: 1 });
    expect(late.code).to.equal('review-conflict');
    await expectStatus(200, decide(first, id, { level: 'initial', round: 2 }));
  });

  it('when it is not registered yet › cannot be revoked', async () => {
    const { id } = await waitingAt('final');
    const revoke = (reason: string) => second.post(`/staff/registrations/${id}/revocation`, { reason });
    expect((await revoke('duplicate')).code).to.equal('state-conflict');
    expect((await revoke('whim')).fields).to.deep.equal(['reason: not-an-option']);
  });
});
