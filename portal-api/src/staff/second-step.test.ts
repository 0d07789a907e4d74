// SPDX-License-Identifier: Apache-2.0
// The second step of a staff log-in where it is required: what a session may do before it, and everything that a code must
// not be good for.
import { expect } from 'chai';
import { expectStatus, type PortalClient, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import {
  awayFromStepEnd,
  codeOf,
  confirm,
  enrol,
  passSecondStep,
  type StaffMember,
  staffMember,
} from '../../../test/support/staff.ts';

const QUEUE = '/staff/attestations';

describe('the second step', function () {
  this.timeout(90_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal({ environment: { STAFF_SECURITY: 'strict' } });
  });
  after(() => portal.stop());

  /** Another log-in of the same person. */
  const again = async ({ phone, password }: StaffMember): Promise<PortalClient> => {
    const client = portal.visitor();
    await expectStatus(204, client.logIn(phone, password));
    return client;
  };
  const wrongCode = (secret: string) => {
    const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
    return ['000000', '111111', '222222'].find((code) => !near.includes(code)) ?? '333333';
  };

  it('when a member of staff has no authenticator yet › the session is a member’s until one is enrolled and confirmed', async () => {
    const reviewer = await staffMember(portal, 'reviewer');
    expect((await reviewer.get('/me')).body)
      .to.include({ secondStep: 'enrol' })
      .and.to.deep.include({ roles: [] });
    expect((await reviewer.get(QUEUE)).code).to.equal('second-step-required');
    expect((await reviewer.post('/session/second-step', { code: '123456' })).code).to.equal('second-step-not-enrolled');
    const before = reviewer.cookie;
    const { recoveryCodes } = await enrol(reviewer);
    expect(new Set(recoveryCodes).size).to.equal(10);
    expect(reviewer.cookie, 'the session has a new id').to.not.equal(before);
    await expectStatus(200, reviewer.get(QUEUE));
    expect((await reviewer.get('/me')).body).to.deep.include({ secondStep: 'done', roles: ['reviewer'] });
  });

  it('when staff log in again › a password alone opens no staff route, and neither replaces the authenticator', async () => {
    const reviewer = await staffMember(portal, 'reviewer');
    const { secret } = await enrol(reviewer);
    const next = await again(reviewer);
    expect((await next.get('/me')).body).to.deep.include({ secondStep: 'ask', roles: [] });
    expect((await next.get(QUEUE)).code).to.equal('second-step-required');
    expect((await next.post('/session/second-step/enrolment', {})).code).to.equal('second-step-required');
    expect((await confirm(next, codeOf(secret))).code).to.equal('second-step-required');
    // The step whose code enrolled is used.
    await expectStatus(204, passSecondStep(next, codeOf(secret, 1)));
    await expectStatus(200, next.get(QUEUE));
  });

  it('when somebody holds the session from before the second step › it gains nothing by the victim’s code', async () => {
    const reviewer = await staffMember(portal, 'reviewer');
    const { secret } = await enrol(reviewer);
    const victim = await again(reviewer);
    const attacker = portal.visitor();
    attacker.cookie = victim.cookie;
    expect((await attacker.get(QUEUE)).code, 'the attacker shares the session').to.equal('second-step-required');
    await expectStatus(204, passSecondStep(victim, codeOf(secret, 1)));
    await expectStatus(200, victim.get(QUEUE));
    expect((await attacker.get(QUEUE)).code).to.equal('unauthenticated');
  });

  it('when a code was used › the same one, and older ones, are refused in every session', async () => {
    const reviewer = await staffMember(portal, 'reviewer');
    await awayFromStepEnd();
    const { secret } = await enrol(reviewer);
    const [one, other] = [await again(reviewer), await again(reviewer)];
    expect((await passSecondStep(one, codeOf(secret))).code, 'it enrolled').to.equal('second-step-wrong');
    const next = codeOf(secret, 1);
    const answers = await Promise.all([passSecondStep(one, next), passSecondStep(other, next)]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([204, 422]);
    expect((await passSecondStep(await again(reviewer), codeOf(secret))).code).to.equal('second-step-wrong');
  });

  it('when the clock of the telephone is one step off › the code counts; when it is two steps off, it does not', async () => {
    for (const [steps, status] of [
      [-2, 422],
      [-1, 200],
      [1, 200],
      [2, 422],
    ] as const) {
      const reviewer = await staffMember(portal, 'reviewer');
      const { secret } = (await expectStatus(200, reviewer.post('/session/second-step/enrolment', {}))).body;
      await awayFromStepEnd();
      expect((await confirm(reviewer, codeOf(secret, steps))).status, `${steps} steps`).to.equal(status);
    }
  });

  it('when codes are guessed › five tries in any sessions lock the step for 15 minutes, also against the right code; the log has each', async () => {
    const reviewer = await staffMember(portal, 'reviewer');
    const { secret, recoveryCodes } = await enrol(reviewer);
    const sessions: PortalClient[] = [];
    // One after another: a login counts as a wrong one until its password is checked.
    for (let login = 0; login < 8; login += 1) sessions.push(await again(reviewer));
    const guesses = await Promise.all(sessions.map((session) => passSecondStep(session, wrongCode(secret))));
    expect(guesses.filter(({ code }) => code === 'second-step-locked').length).to.be.at.least(4);
    expect(guesses.every(({ status }) => status === 422 || status === 429)).to.equal(true);
    const late = await again(reviewer);
    for (const code of [codeOf(secret, 1), recoveryCodes[0] ?? '']) {
      const refused = await passSecondStep(late, code);
      expect(refused.code).to.equal('second-step-locked');
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 900);
    }
    const fails = await portal.db.query(`SELECT 1 FROM audit WHERE action = 'second-step.fail' AND subject = $1`, [
      `account:${reviewer.id}`,
    ]);
    expect(fails).to.have.length(5);
    await portal.db.query(`UPDATE account_totp SET tries_end_at = now() - interval '1 second' WHERE account_id = $1`, [
      reviewer.id,
    ]);
    await expectStatus(204, passSecondStep(late, codeOf(secret, 1)));
  });

  it('when a recovery code is used › it passes once, however it is written, and another account’s passes never', async () => {
    const [reviewer, other] = [await staffMember(portal, 'reviewer'), await staffMember(portal, 'finance')];
    const [{ recoveryCodes }, others] = [await enrol(reviewer), await enrol(other)];
    const [first = '', second = ''] = recoveryCodes;
    expect((await passSecondStep(await again(reviewer), others.recoveryCodes[0] ?? '')).code).to.equal(
      'second-step-wrong',
    );
    await expectStatus(204, passSecondStep(await again(reviewer), first.toUpperCase().replace('-', '')));
    expect((await passSecondStep(await again(reviewer), first)).code).to.equal('second-step-wrong');
    const session = await again(reviewer);
    await expectStatus(204, passSecondStep(session, second));
    // Whoever has lost the authenticator enrols a new one now, which ends the old codes.
    await enrol(session);
    expect((await passSecondStep(await again(reviewer), recoveryCodes[2] ?? '')).code).to.equal('second-step-wrong');
  });

  it('when the database is read › neither the secret nor a recovery code stands in it', async () => {
    const reviewer = await staffMember(portal, 'reviewer');
    const { secret, recoveryCodes } = await enrol(reviewer);
    const rows = await portal.db.query(
      `SELECT encode(secret_cipher, 'escape') || coalesce((SELECT string_agg(encode(digest, 'escape'), '')
         FROM recovery_code r WHERE r.account_id = t.account_id), '') AS text FROM account_totp t WHERE account_id = $1`,
      [reviewer.id],
    );
    for (const value of [secret, ...recoveryCodes]) expect(String(rows[0]?.text)).to.not.include(value);
  });

  it('when a security administrator resets it › the sessions end, the old codes are worth nothing, and the next log-in enrols', async () => {
    const [security, reviewer] = [await staffMember(portal, 'security-admin'), await staffMember(portal, 'reviewer')];
    await enrol(security);
    const { secret } = await enrol(reviewer);
    const reset = (id: string) =>
      security.post(`/staff/accounts/${id}/second-step-reset`, { reason: '手机遗失，已当面核对身份' });
    expect((await reset(security.id)).code).to.equal('own-account');
    expect((await expectStatus(200, reset(reviewer.id))).body.hasSecondStep).to.equal(false);
    expect((await reviewer.get('/me')).code).to.equal('unauthenticated');
    const next = await again(reviewer);
    expect((await next.get('/me')).body.secondStep).to.equal('enrol');
    expect((await passSecondStep(next, codeOf(secret, 1))).code).to.equal('second-step-not-enrolled');
    expect((await reset(reviewer.id)).code).to.equal('second-step-not-enrolled');
  });

  it('when a member without a role asks for it › is refused', async () => {
    const member = await portal.member();
    expect((await member.post('/session/second-step/enrolment', {})).code).to.equal('forbidden');
    expect((await member.post('/session/second-step', { code: '123456' })).code).to.equal('forbidden');
    expect((await member.get('/me')).body.secondStep).to.equal('none');
  });
});

describe('the second step where it is not required', function () {
  this.timeout(60_000);

  it('when a member of staff has enrolled all the same › every log-in asks for it', async () => {
    const portal = await startPortal();
    try {
      const reviewer = await staffMember(portal, 'reviewer');
      await expectStatus(200, reviewer.get(QUEUE));
      await enrol(reviewer);
      const next = portal.visitor();
      await expectStatus(204, next.logIn(reviewer.phone, reviewer.password));
      expect((await next.get(QUEUE)).code).to.equal('second-step-required');
    } finally {
      await portal.stop();
    }
  });
});
