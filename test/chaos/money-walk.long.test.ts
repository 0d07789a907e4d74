// SPDX-License-Identifier: Apache-2.0
// Members, payers, reviewers of both levels and finance do what comes to their mind, several at once, and the portal is killed in
// between. In the end what the payment provider took is what the portal keeps and gave back, to the fen, and nothing is certified
// that nobody paid for, or had waived.
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import pg from 'pg';
import { eventually } from '../support/eventually.ts';
import { archivedWork, confirmPayment } from '../support/orders.ts';
import type { PortalAnswer, PortalClient, PortalMember } from '../support/portal.ts';
import { type PortalProcess, portalProcess } from '../support/portal-process.ts';
import { askRefund, decideRefund, GRANT, REFUSE } from '../support/refund-requests.ts';
import { completeForm } from '../support/registrations.ts';
import { writePackagePages } from '../support/web-folder.ts';
import { startWholeLedger, type WholeLedger } from '../support/whole-ledger.ts';
import { bookOf, OWN_BOOK, RULES, UNSETTLED } from './money-rules.ts';
import { offlineActs } from './offline-acts.ts';

const WORKS = 10;
const TURNS = 105;
/** People who act in the same turn. */
const AT_ONCE = 4;
const KILL_EVERY = 21;
/** Of so many acts, one is on any order, whether or not it makes sense there. */
const ANY_OF = 5;
/** Orders of one payment. */
const MAX_TOGETHER = 4;
const SETTLED_WITHIN_MS = 240_000;

/** What two people who act at once may be told. */
const REFUSED = [
  'state-conflict',
  'version-conflict',
  'review-conflict',
  'reviewed-before',
  'price-changed',
  'payment-not-found',
  'payment-unavailable',
  'attestation-not-found',
  'registration-not-found',
  'refund-request-open',
  'refund-request-not-found',
  'payment-waives-registration',
  ...['booking-open', 'own-booking', 'order-not-found', 'invoice-details-exported', 'invoice-details-not-found'],
];

const UNPAID = ['SUBMITTED', 'AWAITING_PAYMENT'];
const RETURNED = ['RETURNED', 'INITIAL_RETURNED', 'FINAL_RETURNED'];

type Kind = 'attestations' | 'registrations';

interface Order {
  kind: Kind;
  id: string;
  owner: PortalMember;
}

describe('money and certificates, while the portal is killed', function () {
  this.timeout(900_000);
  let ledger: WholeLedger;
  let portal: PortalProcess;
  let database: pg.Pool;
  let works: { id: string; owner: PortalMember }[];
  let first: PortalClient;
  let second: PortalClient;
  let finance: PortalClient[];
  const orders: Order[] = [];
  const strange: string[] = [];

  before(async () => {
    ledger = await startWholeLedger();
    portal = await portalProcess({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    writePackagePages(path.join(portal.dataFolder, 'web'), '<!doctype html><title>verifier</title>');
    await start();
    database = new pg.Pool({ connectionString: portal.databaseUrl });
    const owners = [await portal.member(), await portal.member()];
    works = [];
    for (let count = 0; count < WORKS; count += 1) {
      const owner = owners[count % owners.length] as PortalMember; // the list is not empty
      works.push({ id: await archivedWork(owner), owner });
    }
    first = await portal.reviewer();
    second = await staff('senior-reviewer');
    finance = [await staff('finance'), await staff('finance')];
  });
  after(async () => {
    await database.end();
    await portal.remove();
    await ledger.stop();
  });

  let program: Awaited<ReturnType<PortalProcess['start']>>;

  const start = async () => {
    program = await portal.start({ WEB_DIST: path.join(portal.dataFolder, 'web') });
  };

  async function staff(role: string): Promise<PortalClient> {
    const member = await portal.member({ verified: false });
    const { body } = await member.get('/me');
    await database.query(
      `INSERT INTO account_role (account_id, role, granted_by) SELECT id, $2, 'test' FROM account WHERE user_number = $1`,
      [String(body.userNumber).replace('ID', ''), role],
    );
    return member;
  }

  /** Notes an answer that nobody should get. */
  function look(what: string, answer: PortalAnswer): PortalAnswer {
    if (answer.status >= 400 && !REFUSED.includes(answer.code ?? ''))
      strange.push(`${what}: ${answer.status} ${answer.code}`);
    return answer;
  }

  const read = async ({ kind, id, owner }: Order) => (await owner.get(`/${kind}/${id}`)).body;

  /** By the number, so that a walk can be repeated. */
  const chosen = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

  /** Mostly one in these states. */
  async function orderIn(states: readonly string[], number: number): Promise<Order | undefined> {
    const fitting = await ordersIn(states);
    return chosen(number % ANY_OF === 0 || fitting.length === 0 ? orders : fitting, number);
  }

  async function ordersIn(states: readonly string[]): Promise<Order[]> {
    const { rows } = await database.query<{ id: string }>(
      `SELECT id FROM attestation WHERE state::text = ANY($1) UNION ALL SELECT id FROM registration WHERE state::text = ANY($1)`,
      [states],
    );
    return orders.filter(({ id }) => rows.some((row) => row.id === id));
  }

  async function attest(number: number): Promise<void> {
    const work = chosen(works, number);
    if (!work) return;
    const made = look('attest', await work.owner.post('/attestations', { workId: work.id }));
    if (made.status !== 201 || made.body.state !== 'DRAFT') return;
    const { id, version } = made.body;
    const body = { version, priceFen: 3_000 };
    const answer = look('submit', await work.owner.post(`/attestations/${id}/submission`, body));
    if (answer.status === 200) orders.push({ kind: 'attestations', id, owner: work.owner });
  }

  async function register(number: number): Promise<void> {
    const work = chosen(works, number);
    if (!work) return;
    const { owner } = work;
    const made = look('register', await owner.post('/registrations', { workId: work.id }));
    if (made.status !== 201 || made.body.state !== 'DRAFT') return;
    const { id, version } = made.body;
    const form = await completeForm(owner, made.body);
    const saved = look('save', await owner.put(`/registrations/${id}`, { ...form, version }));
    if (saved.status !== 200) return;
    const body = { version: saved.body.version, priceFen: saved.body.fee.priceFen };
    const answer = look('submit', await owner.post(`/registrations/${id}/submission`, body));
    if (answer.status === 200) orders.push({ kind: 'registrations', id, owner });
  }

  async function pay(number: number, times = 1): Promise<void> {
    const order = await orderIn(UNPAID, number);
    if (order) await payOrder(order, times);
  }

  async function payOrder(order: Order, times: number): Promise<void> {
    const codes: string[] = [];
    for (let count = 0; count < times; count += 1) {
      const body = { channel: 'sandbox', renew: count > 0 };
      const offered = look('offer', await order.owner.post(`/${order.kind}/${order.id}/payments`, body));
      if (offered.status === 201) codes.push(offered.body.outTradeNo);
    }
    await Promise.all(codes.map(async (code) => look('confirm', await confirmPayment(order.owner, code))));
  }

  /** Several by one code, while one of them leaves or is paid by itself, or nothing else happens. */
  async function payTogether(number: number): Promise<void> {
    const unpaid = await ordersIn(UNPAID);
    const one = chosen(unpaid, number);
    const some = unpaid.filter(({ owner }) => owner === one?.owner).slice(0, MAX_TOGETHER);
    const [first] = some;
    if (!first || some.length < 2) return;
    const body = { channel: 'sandbox', orders: some.map(({ kind, id }) => ({ kind: kind.slice(0, -1), id })) };
    const offered = look('pay together', await first.owner.post('/joint-payments', body));
    if (offered.status !== 201) return;
    const besides = [async () => undefined, () => leaveOrder(first), () => payOrder(first, 1)];
    const confirm = async () => look('confirm', await confirmPayment(first.owner, offered.body.outTradeNo));
    await Promise.all([confirm(), chosen(besides, number)?.()]);
  }

  async function leave(number: number): Promise<void> {
    const order = chosen(orders, number);
    if (order) await leaveOrder(order);
  }

  async function leaveOrder(order: Order): Promise<void> {
    const step = order.kind === 'attestations' ? 'cancellation' : 'withdrawal';
    look(step, await order.owner.post(`/${order.kind}/${order.id}/${step}`, {}));
  }

  async function resubmit(number: number): Promise<void> {
    const order = await orderIn(RETURNED, number);
    if (!order) return;
    const { version } = await read(order);
    look('resubmit', await order.owner.post(`/${order.kind}/${order.id}/resubmission`, { version }));
  }

  async function decide(number: number): Promise<void> {
    const order = await orderIn(['UNDER_REVIEW', 'INITIAL_REVIEW', 'FINAL_REVIEW'], number);
    if (!order) return;
    const { state, round } = await read(order);
    const decision = chosen(['APPROVE', 'APPROVE', 'RETURN', 'RETURN', 'REJECT'], Math.floor(number / 7)) ?? 'APPROVE';
    const reasons = decision === 'APPROVE' ? [] : [{ field: 'title', code: 'unclear', text: '看不清。' }];
    const body = { round, decision, reasons };
    if (order.kind === 'attestations')
      look('decide', await first.post(`/staff/attestations/${order.id}/decision`, body));
    else if (state === 'FINAL_REVIEW')
      look('final', await second.post(`/staff/registrations/${order.id}/final-decision`, body));
    else look('initial', await first.post(`/staff/registrations/${order.id}/initial-decision`, body));
  }

  async function ask(number: number): Promise<void> {
    const order = await orderIn(RETURNED, number);
    if (order) look('ask', await askRefund(order.owner, order.id, order.kind));
  }

  async function takeBack(number: number): Promise<void> {
    const order = await orderIn(RETURNED, number);
    if (!order) return;
    look('take back', await order.owner.post(`/${order.kind}/${order.id}/refund-requests/withdrawal`, {}));
  }

  async function answer(number: number): Promise<void> {
    const { rows } = await database.query<{ id: string; state: string }>(
      'SELECT id, state FROM refund_request ORDER BY id',
    );
    const open = rows.filter(({ state }) => state === 'OPEN');
    const request = chosen(number % ANY_OF === 0 || open.length === 0 ? rows : open, number);
    const by = chosen(finance, number);
    if (by && request) look('answer', await decideRefund(by, request.id, number % 3 === 0 ? REFUSE : GRANT));
  }

  const { book, decideBooked, giveBackOffline, askInvoice, exportInvoices, settleOffline } = offlineActs(() => {
    return { finance, find: column, orderIn, look };
  });
  const payTwice = (number: number) => pay(number, 2);

  /** What is done often stands here often. */
  const ACTS = [
    ...[attest, attest, register, register, register],
    ...[pay, pay, payTwice, payTogether, payTogether, payTogether, leave],
    ...[decide, decide, decide, decide, decide, resubmit],
    ...[ask, ask, ask, takeBack, answer, answer, answer],
    ...[book, book, decideBooked, decideBooked, decideBooked, giveBackOffline, askInvoice, exportInvoices],
  ];

  const column = async (sql: string): Promise<string[]> => {
    const { rows } = await database.query<{ found: string }>(sql);
    return rows.map(({ found }) => found);
  };

  it('end with each fen where it belongs', async () => {
    const seed = Number(process.env.WALK_SEED ?? Date.now() % 1_000_000);
    const numbers = fc.sample(fc.nat({ max: 1_000_000 }), { seed, numRuns: TURNS * AT_ONCE * 2 });
    const next = () => numbers.pop() ?? 0;
    for (let turn = 1; turn <= TURNS; turn += 1) {
      const acts = Array.from({ length: AT_ONCE }, () => ({ act: chosen(ACTS, next()) ?? attest, number: next() }));
      await Promise.all(acts.map(({ act, number }) => act(number)));
      if (turn % KILL_EVERY > 0) continue;
      // In the middle of whatever the acts have set off.
      await program.kill();
      await start();
    }
    const isSettled = async () => (await settleOffline()) && (await column(UNSETTLED)).length === 0;
    await eventually(isSettled, { withinMs: SETTLED_WITHIN_MS }).catch(() => undefined);

    expect(strange, `seed ${seed}`).to.deep.equal([]);
    for (const [rule, sql] of Object.entries(RULES))
      expect(await column(sql), `seed ${seed}: ${rule}`).to.deep.equal([]);
    const provider = bookOf(portal.dataFolder);
    const [own] = (await database.query(OWN_BOOK)).rows;
    expect(own, `seed ${seed}`).to.deep.equal(provider);
    expect(provider.kept + provider.back).to.equal(provider.taken);
    expect(orders.length, 'orders of the walk').to.be.greaterThan(5);
    const together = await column(
      'SELECT joint_id AS found FROM payment WHERE joint_id IS NOT NULL AND paid_at IS NOT NULL',
    );
    expect(together.length, `seed ${seed}: orders paid together`).to.be.greaterThan(1);
    const offline = await column(`SELECT id AS found FROM offline_booking WHERE state = 'CONFIRMED'`);
    expect(offline.length, `seed ${seed}: confirmed offline`).to.be.greaterThan(1);
  });
});
