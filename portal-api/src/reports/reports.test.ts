// SPDX-License-Identifier: Apache-2.0
// 统计报表 over HTTP. Each test has months of its own. Which roles may read it is in staff-routes.test.ts.
import { expect } from 'chai';
import { type Order, type OrdersPortal, startOrdersPortal, submittedOrder } from '../../../test/support/orders.ts';
import { type PastOrder, pastOrder, pastOwners } from '../../../test/support/past-orders.ts';
import { expectStatus } from '../../../test/support/portal.ts';
import { reviewableRegistration } from '../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

const FORMULA = '=HYPERLINK("http://evil.example","青釉")';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
const thisMonth = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

describe('reports of the centre', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let reader: StaffMember;
  let finance: StaffMember;
  let owners: string[];
  before(async () => {
    portal = await startOrdersPortal({});
    reader = await staffMember(portal, 'admin');
    finance = await staffMember(portal, 'finance');
    owners = await pastOwners(portal.db.query, 6);
  });
  after(() => portal.stop());

  const ownerOf = (index: number): string => owners[index] ?? '';
  const seed = (order: Partial<PastOrder> & Pick<PastOrder, 'submittedAt'>) =>
    pastOrder(portal.db.query, { kind: 'attestation', owner: ownerOf(0), ...order });
  const report = async (from: string, to = from): Promise<Order> =>
    (await expectStatus(200, reader.get(`/staff/reports?from=${from}&to=${to}`))).body;

  it('when something happens a second before or after midnight in Beijing › counts it in its own month', async () => {
    for (const at of ['2021-02-28T15:59:59Z', '2021-02-28T16:00:01Z'])
      await seed({
        submittedAt: at,
        completedAt: at,
        payment: { amountFen: 3_000, paidAt: at },
        reviews: [{ decision: 'RETURN', decidedAt: at }],
      });
    const { months, total } = await report('2021-02', '2021-03');
    expect(months.map(({ month }: Order) => month)).to.deep.equal(['2021-02', '2021-03']);
    for (const { attestation } of [...months, await report('2021-02').then((one) => one.total)])
      expect(attestation).to.include({ submitted: 1, completed: 1, returned: 1, payments: 1, paidFen: 3_000 });
    expect(total.attestation).to.include({ submitted: 2, paidFen: 6_000, incomeFen: 6_000 });
    for (const month of ['2021-01', '2021-04'])
      expect((await report(month)).total.attestation).to.include({ submitted: 0, paidFen: 0, incomeFen: 0 });
  });

  it('income › is what was paid less what was given back, and agrees with 收款记录 to the fen', async () => {
    const paid = (paidAt: string, amountFen: number, state?: string, refundedAt?: string): PastOrder['payment'] => ({
      ...{ amountFen, paidAt },
      ...(state && { state }),
      ...(refundedAt && { refundedAt }),
    });
    for (const payment of [
      paid('2021-06-03T02:00:00Z', 3_001),
      paid('2021-06-04T02:00:00Z', 1_999, 'REFUNDED', '2021-07-02T02:00:00Z'),
      paid('2021-06-30T15:59:59Z', 2_047, 'REFUNDING'),
      paid('2021-06-30T16:00:00Z', 4_503, 'REFUND_FAILED'),
      paid('2021-07-31T15:59:59Z', 999, 'REFUNDED', '2021-07-31T15:59:59Z'),
    ]) {
      await seed({ submittedAt: '2021-06-01T02:00:00Z', ...(payment && { payment }) });
      await seed({ kind: 'registration', submittedAt: '2021-06-01T02:00:00Z', ...(payment && { payment }) });
    }
    const { months, total } = await report('2021-06', '2021-07');
    for (const [figures, from, to] of [
      [months[0], '2021-06-01', '2021-06-30'],
      [months[1], '2021-07-01', '2021-07-31'],
      [total, '2021-06-01', '2021-07-31'],
    ]) {
      const { totals } = (await expectStatus(200, finance.get(`/staff/payments?from=${from}&to=${to}`))).body;
      const sum = (name: string) => figures.attestation[name] + figures.registration[name];
      expect(['paidFen', 'returningFen', 'givenBackFen'].map(sum)).to.deep.equal([
        ...[totals.paidFen, totals.returningFen, totals.givenBackFen],
      ]);
      expect(sum('incomeFen')).to.equal(totals.keptFen + totals.returningFen);
    }
    expect(months[0].attestation).to.include({ payments: 3, paidFen: 7_047, givenBackFen: 1_999, incomeFen: 5_048 });
    expect(months.map(({ attestation }: Order) => [attestation.refunds, attestation.refundedFen])).to.deep.equal([
      [0, 0],
      [2, 2_998],
    ]);
  });

  it('review times › are measured against the 7 and the 30 days, to the minute', async () => {
    const submittedAt = '2021-09-01T02:00:00Z';
    const paidAt = '2021-09-02T02:00:00Z';
    const decided = (days: number, ms: number) => later(paidAt, days * DAY_MS + ms);
    const registration = { kind: 'registration', submittedAt, payment: { amountFen: 3_000, paidAt } } as const;
    for (const ms of [-MINUTE_MS, MINUTE_MS]) {
      await seed({ ...registration, reviews: [{ decision: 'RETURN', decidedAt: decided(7, ms) }] });
      await seed({
        ...registration,
        completedAt: '2021-10-09T02:00:00Z',
        reviews: [
          { decision: 'APPROVE', decidedAt: decided(1, 0) },
          { decision: 'APPROVE', level: 'FINAL', decidedAt: decided(30, ms) },
        ],
      });
    }
    await seed({ ...registration, reviews: [{ decision: 'REJECT', decidedAt: decided(2, 0) }] });
    const { total, months } = await report('2021-09', '2021-10');
    expect(total.notice).to.deep.equal({ limitDays: 7, decided: 5, inTime: 4, medianDays: 2 });
    expect(total.finish).to.deep.equal({ limitDays: 30, decided: 3, inTime: 2, medianDays: 30 });
    expect(months[1].notice).to.deep.equal({ limitDays: 7, decided: 0, inTime: 0, medianDays: null });
    expect(total.registration).to.include({ submitted: 5, completed: 2, returned: 2, refused: 1 });
  });

  it('types of work and regions › are told apart where five owners or more are behind them', async () => {
    const submittedAt = '2022-03-05T02:00:00Z';
    const payment = { amountFen: 100, paidAt: submittedAt };
    for (const [index, owner] of owners.entries()) {
      await seed({ owner, submittedAt, payment, workType: 'PHOTO', region: '3702' });
      if (index < 5)
        await seed({ owner, submittedAt, payment, workType: 'MUSIC', region: index < 3 ? '4403' : '4401' });
      if (index < 2)
        await seed({ owner, submittedAt, payment, workType: 'ORAL', region: '3703', kind: 'registration' });
      if (index < 1)
        for (const _ of Array(9)) await seed({ owner, submittedAt, payment, workType: 'TEXT', region: null });
    }
    const { workTypes, regions } = await report('2022-03');
    const told = ({ items }: Order) => items.map(({ value, attestation }: Order) => [value, attestation.submitted]);
    // Two owners alone are behind the small ones: the smallest of the others joins them.
    expect(told(workTypes)).to.deep.equal([['PHOTO', 6]]);
    expect(workTypes.rest).to.deep.include({ groups: 3 });
    expect(workTypes.rest.attestation).to.include({ submitted: 14, paidFen: 1_400 });
    expect(workTypes.rest.registration).to.include({ submitted: 2, paidFen: 200 });
    // Other provinces count as a whole.
    expect(told(regions)).to.deep.equal([['3702', 6]]);
    expect(regions.rest).to.deep.include({ groups: 3 });
    const [, , third, fourth, fifth] = owners;
    for (const owner of [third, fourth, fifth])
      await seed({ ...(owner && { owner }), submittedAt, workType: 'ORAL', region: '3703' });
    const now = await report('2022-03');
    expect(told(now.workTypes)).to.deep.equal([
      ['PHOTO', 6],
      ['MUSIC', 5],
    ]);
    expect(now.regions.items.map(({ value }: Order) => value)).to.deep.equal(['3702', '44']);
  });

  it('when titles, types and regions are hostile › names nobody, and passes no text on', async () => {
    const submittedAt = '2022-06-05T02:00:00Z';
    for (const owner of owners) await seed({ owner, submittedAt, title: FORMULA, workType: FORMULA, region: null });
    const answer = await report('2022-06');
    expect(answer.workTypes.items).to.have.length(1);
    expect(answer.workTypes.items[0].value).to.equal(null);
    expect(answer.regions.items[0].value).to.equal(null);
    const words = JSON.stringify(answer);
    for (const word of ['HYPERLINK', '青釉', ...owners]) expect(words).to.not.include(word);
    const change = portal.db.query(`UPDATE attestation SET region = '=1+1' WHERE submitted_at = $1`, [submittedAt]);
    expect(
      await change.then(
        () => 'taken',
        () => 'refused',
      ),
    ).to.equal('refused');
  });

  it('when the period is impossible › names the field', async () => {
    const future = `${Number(thisMonth().slice(0, 4)) + 1}-01`;
    for (const [query, field, code] of [
      ['from=2021-01', 'to', 'missing'],
      ['from=2021-13&to=2021-12', 'from', 'malformed'],
      ['from=2021-01-01&to=2021-12', 'from', 'malformed'],
      ['from=2019-12&to=2021-01', 'from', 'out-of-range'],
      [`from=2021-01&to=${future}`, 'to', 'in-future'],
      ['from=2021-02&to=2021-01', 'to', 'out-of-range'],
      ['from=2021-01&to=2024-01', 'from', 'out-of-range'],
      [`from=2021-01&to=2021-01&by=${encodeURIComponent(FORMULA)}`, 'by', 'unknown'],
    ] as const) {
      const { body, code: problem } = await reader.get(`/staff/reports?${query}`);
      expect([problem, body.errors], query).to.deep.equal(['invalid-request', [{ field, code }]]);
    }
    expect((await report('2021-01', '2023-12')).months).to.have.length(36);
  });

  it('registrations that await a review now › are counted, and those beyond their time', async () => {
    const member = await portal.member({ verified: true });
    const { id } = await reviewableRegistration(member);
    expect((await report('2021-01')).now.initial).to.deep.equal({ waiting: 1, overdue: 0 });
    await portal.db.query(`UPDATE registration SET accepted_at = now() - interval '7 days 1 minute' WHERE id = $1`, [
      id,
    ]);
    expect((await report('2021-01')).now).to.deep.equal({
      initial: { waiting: 1, overdue: 1 },
      final: { waiting: 0, overdue: 0 },
    });
  });

  it('a new order › counts in this month, in the city of whoever deposits', async () => {
    const member = await portal.member({ verified: true });
    const { id } = await submittedOrder(member);
    const [row] = await portal.db.query('SELECT region FROM attestation WHERE id = $1', [id]);
    expect(row?.region).to.equal('3701');
    expect((await report(thisMonth())).total.attestation.submitted).to.be.at.least(1);
  });
});
