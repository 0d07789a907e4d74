// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  draftOrder,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  readOrder,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import {
  expectStatus,
  newPhone,
  type PortalClient,
  type PortalMember,
  photo,
  uploadFile,
  verify,
} from '../../../test/support/portal.ts';

const DAY_MS = 86_400_000;
const MIGRATION = readFileSync(
  path.join(import.meta.dirname, '../../prisma/migrations/20261128080000_attestation_rounds/migration.sql'),
  'utf8',
);
const REASON = { field: 'files.0', code: 'unclear', text: '图像不清晰，请重新上传。' };

/** `returned 1 by ID1001: <reasons>` */
function stepsOf({ history }: Order): string[] {
  return history.map(({ step, round, reviewer, reasons }: Order) => {
    const texts = reasons.map(({ text }: Order) => text).join();
    return `${step}${round ? ` ${round}` : ''}${reviewer ? ` by ${reviewer}` : ''}${texts && `: ${texts}`}`;
  });
}

describe('reviews over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    reviewer = await portal.reviewer();
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const underReview = async (owner = member): Promise<Order> => {
    const { id } = await paidOrder(owner);
    return orderIn('UNDER_REVIEW', owner, id);
  };
  const decide = ({ id, round }: Order, decision: string, reasons: object[] = []) =>
    reviewer.post(`/staff/attestations/${id}/decision`, { round, decision, reasons });
  const returned = async (): Promise<Order> => {
    const order = await underReview();
    await expectStatus(200, decide(order, 'RETURN', [REASON]));
    return readOrder(member, order.id);
  };
  const resubmit = (order: Order) => member.post(`/attestations/${order.id}/resubmission`, { version: order.version });

  it('when the member is not a reviewer › answers forbidden to everything', async () => {
    const { id } = await underReview();
    const asked = [
      member.get('/staff/attestations'),
      member.get(`/staff/attestations/${id}`),
      member.post(`/staff/attestations/${id}/decision`, { round: 1, decision: 'APPROVE' }),
      member.post('/staff/certificates/100000000000000001/revocation', { reason: 'duplicate' }),
    ];
    for (const answer of await Promise.all(asked)) expect(answer.code).to.equal('forbidden');
    expect((await portal.visitor().get('/staff/attestations')).code).to.equal('unauthenticated');
  });

  it('when an order is not paid › staff does not find it', async () => {
    const { id } = await draftOrder(member);
    expect((await reviewer.get(`/staff/attestations/${id}`)).code).to.equal('attestation-not-found');
    expect((await decide({ id, round: 1 }, 'APPROVE')).code).to.equal('review-conflict');
  });

  it('when a refusal has no reason, or a wrong one › names it', async () => {
    const order = await underReview();
    expect((await decide(order, 'RETURN')).fields).to.deep.equal(['reasons: missing']);
    expect((await decide(order, 'APPROVE', [REASON])).fields).to.deep.equal(['reasons: too-many']);
    const wrong = [{ field: '../x', code: 'ugly', text: '' }];
    expect((await decide(order, 'REJECT', wrong)).fields).to.deep.equal([
      'reasons.0.code: not-an-option',
      'reasons.0.field: malformed',
      'reasons.0.text: missing',
    ]);
  });

  it('when a decision is no object, or its reasons no list › only names them', async () => {
    const { id } = await underReview();
    const answers = async (body: unknown) => (await reviewer.post(`/staff/attestations/${id}/decision`, body)).fields;
    expect(await answers([])).to.include(': malformed');
    for (const decision of ['RETURN', 'APPROVE'])
      expect(await answers({ round: 1, decision, reasons: null })).to.deep.equal(['reasons: malformed']);
  });

  it("when it is the reviewer's own order › forbids, and says so in the queue", async () => {
    await expectStatus(200, verify(reviewer));
    const own = await underReview(Object.assign(reviewer, { phone: newPhone() }));
    expect((await decide(own, 'APPROVE')).code).to.equal('forbidden');
    const { body } = await reviewer.get('/staff/attestations?state=UNDER_REVIEW');
    const isOwn = Object.fromEntries(body.items.map((item: { id: string; isOwn: boolean }) => [item.id, item.isOwn]));
    expect(isOwn[own.id]).to.equal(true);
    expect((await readOrder(reviewer, own.id)).state).to.equal('UNDER_REVIEW');
  });

  it('when two decide at once › one decision stands', async () => {
    const order = await underReview();
    const answers = await Promise.all([
      decide(order, 'APPROVE'),
      decide(order, 'REJECT', [REASON]),
      decide(order, 'APPROVE'),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409, 409]);
    const losers = answers.filter(({ status }) => status === 409);
    for (const { code } of losers) expect(code).to.equal('review-conflict');
    const rows = await portal.db.query('SELECT 1 FROM review WHERE attestation_id = $1', [order.id]);
    expect(rows).to.have.length(1);
  });

  it('when an order is rejected › gives all of its money back once, and says so', async () => {
    const order = await underReview();
    const answers = await Promise.all([decide(order, 'REJECT', [REASON]), decide(order, 'REJECT', [REASON])]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
    const ended = await eventually(async () => {
      const seen = await readOrder(member, order.id);
      return stepsOf(seen).at(-1) === 'refunded' && seen;
    });
    expect(ended.state).to.equal('REJECTED');
    expect(ended.payment).to.include({
      state: 'REFUNDED',
      outTradeNo: order.payment.outTradeNo,
      amountFen: order.payment.amountFen,
    });
    expect(stepsOf(ended).slice(-2)).to.deep.equal([`rejected 1: ${REASON.text}`, 'refunded']);
    const { items } = (await member.get('/attestations')).body;
    const listed = items.find(({ id }: Order) => id === order.id);
    expect(listed).to.include({ isPaid: true, refund: 'REFUNDED', channel: 'sandbox' });
    const refunds = await portal.db.query(
      `SELECT 1 FROM outbox WHERE topic = 'payment-refund' AND payload->>'paymentId' = $1`,
      [order.payment.id],
    );
    expect(refunds).to.have.length(1);
    const { body } = await expectStatus(200, member.get('/messages'));
    const told = body.items.filter(({ path }: Order) => path === `/member/attestations/${order.id}`);
    expect(told.map(({ kind }: Order) => kind).slice(0, 2)).to.deep.equal(['payment-refunded', 'order-rejected']);
  });

  it('when an order is returned, or withdrawn for want of an answer › keeps its money', async () => {
    const order = await returned();
    await portal.sweep(new Date(Date.now() + 31 * DAY_MS));
    expect(await readOrder(member, order.id)).to.deep.include({ state: 'WITHDRAWN' });
    expect((await readOrder(member, order.id)).payment.state).to.equal('PAID');
  });

  it('when a returned order is submitted again › the old round can no longer be decided', async () => {
    const order = await returned();
    expect(order.allowed).to.deep.equal(['edit', 'resubmit']);
    expect(order.review.reasons).to.deep.equal([REASON]);
    expect(Date.parse(order.review.deadline) - Date.parse(order.review.decidedAt)).to.equal(30 * DAY_MS);
    const form = { ...order.form, version: order.version, title: '鹤华抱枕 二稿' };
    const { body: saved } = await expectStatus(200, member.put(`/attestations/${order.id}`, form));
    expect(saved.state).to.equal('RETURNED');
    expect((await resubmit(order)).code).to.equal('version-conflict');

    const [again, late] = await Promise.all([resubmit(saved), decide(order, 'APPROVE')]);
    expect(again.status).to.equal(200);
    expect(again.body).to.include({ state: 'UNDER_REVIEW', round: 2 });
    expect(late.code).to.equal('review-conflict');
    expect((await decide(order, 'APPROVE')).code).to.equal('review-conflict');

    // The second submission's entry is recorded in the background.
    const seen = await eventually(async () => {
      const { body } = await expectStatus(200, reviewer.get(`/staff/attestations/${order.id}`));
      return stepsOf(body).includes('received 2') && body;
    });
    const [change] = seen.changes;
    expect(seen.changes).to.have.length(1);
    expect(change).to.deep.equal({
      field: 'title',
      kind: 'changed',
      before: '鹤华抱枕',
      after: '鹤华抱枕 二稿',
      files: null,
    });
    expect(stepsOf(seen)).to.deep.equal([
      'created',
      'submitted 1',
      'paid',
      'received 1',
      'returned 1 by ID1001: 图像不清晰，请重新上传。',
      'submitted 2',
      'received 2',
    ]);
    const own = await readOrder(member, order.id);
    expect(stepsOf(own)).to.include('returned 1: 图像不清晰，请重新上传。');
    expect(own.submittedAt).to.equal(order.submittedAt).and.to.equal(own.history[1].at);
    expect(seen.applicant).to.deep.include({ name: '测**' });
    expect(seen.applicant.idNumber).to.match(/^370\*{11}\d{3}[\dX]$/);
    expect(JSON.stringify(seen)).to.not.include('测试员').and.not.include(member.phone);
    const paid = await portal.db.query('SELECT 1 FROM payment WHERE attestation_id = $1', [order.id]);
    expect(paid).to.have.length(1);
    await expectStatus(200, decide(again.body, 'APPROVE'));
  });

  it('when rounds were submitted before each had its time › the migration reads the times from the audit trail', async () => {
    const order = await returned();
    await expectStatus(200, resubmit(order));
    const { history, submittedAt } = await readOrder(member, order.id);
    await portal.db.query('DELETE FROM attestation_round');
    await portal.db.query('UPDATE attestation SET submitted_at = now() WHERE submitted_at IS NOT NULL');
    for (const statement of MIGRATION.split(';').filter((each) => /^\s*(--.*\s)*(INSERT|UPDATE)/.test(each)))
      await portal.db.query(statement);
    const again = await readOrder(member, order.id);
    const submissions = (steps: Order[]) => steps.filter(({ step }) => step === 'submitted');
    const rounds = (steps: Order[]) => submissions(steps).map(({ round }) => round);
    expect(rounds(again.history)).to.deep.equal([1, 2]).and.to.deep.equal(rounds(history));
    // The row of the audit trail is a little younger: it is written last.
    const isNear = (one: string, other: string) => expect(Date.parse(one)).to.be.closeTo(Date.parse(other), 1_000);
    for (const [index, { at }] of submissions(again.history).entries()) isNear(at, submissions(history)[index].at);
    isNear(again.submittedAt, submittedAt);
  });

  it('when a returned order is left alone for thirty days › it is withdrawn', async () => {
    const order = await returned();
    expect((await member.delete(`/works/${order.workId}`)).code).to.equal('work-under-review');
    await portal.sweep(new Date(Date.now() + 29 * DAY_MS));
    expect((await readOrder(member, order.id)).state).to.equal('RETURNED');
    await portal.sweep(new Date(Date.now() + 31 * DAY_MS));
    expect((await readOrder(member, order.id)).state).to.equal('WITHDRAWN');
    expect((await resubmit(order)).code).to.equal('state-conflict');
  });

  it('records every look at a file, before it is given', async () => {
    const order = await underReview();
    const [{ uploadId }] = order.form.files;
    const path = `/staff/attestations/${order.id}/files/${uploadId}`;
    await expectStatus(200, reviewer.get(`${path}/content`));
    await expectStatus(200, reviewer.get(`${path}/thumbnail`));
    const other = (await underReview()).form.files[0].uploadId;
    expect((await reviewer.get(`/staff/attestations/${order.id}/files/${other}/content`)).code).to.equal(
      'file-not-found',
    );
    const rows = await portal.db.query<{ action: string }>(
      `SELECT action FROM audit WHERE subject = $1 AND action LIKE 'file.%' AND detail LIKE $2 ORDER BY seq`,
      [`attestation:${order.id}`, `%${uploadId}%`],
    );
    expect(rows.map(({ action }) => action)).to.deep.equal(['file.read', 'file.glance']);
  });

  it('when a file was replaced after a return › the previous one can still be viewed', async () => {
    const order = await returned();
    const [old] = order.files;
    const uploadId = await uploadFile(member, old.name, await photo(650, 450));
    const work = (await expectStatus(200, member.get(`/works/${order.workId}`))).body;
    const { title, intro, creatorNature, publishCategory, tags, completedOn, version } = work;
    const files = [old.uploadId, uploadId].map((id) => ({ uploadId: id }));
    const form = { title, intro, creatorNature, publishCategory, tags, completedOn, cover: uploadId, version };
    const archived = { ...form, files, display: [{ uploadId: old.uploadId }], state: 'ARCHIVED' };
    await expectStatus(200, member.put(`/works/${order.workId}`, archived));
    const change = { files: [{ uploadId }], display: [], version: order.version };
    const { body } = await expectStatus(200, member.put(`/attestations/${order.id}`, { ...order.form, ...change }));
    await expectStatus(200, resubmit(body));
    const { body: seen } = await expectStatus(200, reviewer.get(`/staff/attestations/${order.id}`));
    expect(seen.changes.map(({ field, kind }: Order) => `${field} ${kind}`)).to.deep.equal([
      'files replaced',
      'display removed',
    ]);
    for (const id of [old.uploadId, uploadId])
      await expectStatus(200, reviewer.get(`/staff/attestations/${order.id}/files/${id}/thumbnail`));
  });

  it('when the number was never issued › revokes nothing', async () => {
    const number = '100000000000099999';
    const revoke = (text: string, reason: string) =>
      reviewer.post(`/staff/certificates/${text}/revocation`, { reason });
    for (const text of [number, '1e3', '9'.repeat(30)])
      expect((await revoke(text, 'duplicate')).code, text).to.equal('number-not-found');
    expect((await revoke('%00', 'duplicate')).fields).to.deep.equal(['number: malformed']);
    expect((await revoke(number, 'whim')).fields).to.deep.equal(['reason: not-an-option']);
  });
});
