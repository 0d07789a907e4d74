// SPDX-License-Identifier: Apache-2.0
// Members, payers and reviewers do what comes to their mind, several at once, and the portal is killed in between. In the end
// what the payment provider took is what the portal keeps, to the fen, and nothing is certified that nobody paid for.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import pg from 'pg';
import { eventually } from '../support/eventually.ts';
import { archivedWork, confirmPayment } from '../support/orders.ts';
import type { PortalAnswer, PortalClient, PortalMember } from '../support/portal.ts';
import { type PortalProcess, portalProcess } from '../support/portal-process.ts';
import { completeForm } from '../support/registrations.ts';
import { startWholeLedger, type WholeLedger } from '../support/whole-ledger.ts';

const WORKS = 10;
const TURNS = 150;
/** People who act in the same turn. */
const AT_ONCE = 3;
const KILL_EVERY = 25;
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
];

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
  let database: pg.Client;
  let works: { id: string; owner: PortalMember }[];
  let first: PortalClient;
  let second: PortalClient;
  const orders: Order[] = [];
  const strange: string[] = [];

  before(async () => {
    ledger = await startWholeLedger();
    portal = await portalProcess({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    const web = path.join(portal.dataFolder, 'web');
    mkdirSync(web);
    writeFileSync(path.join(web, 'verify.html'), '<!doctype html><title>verifier</title>');
    await start();
    database = new pg.Client({ connectionString: portal.databaseUrl });
    await database.connect();
    const owners = [await portal.member(), await portal.member()];
    works = [];
    for (let count = 0; count < WORKS; count += 1) {
      const owner = owners[count % owners.length] as PortalMember; // the list is not empty
      works.push({ id: await archivedWork(owner), owner });
    }
    first = await portal.reviewer();
    second = await seniorReviewer();
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

  async function seniorReviewer(): Promise<PortalClient> {
    const member = await portal.member();
    const { body } = await member.get('/me');
    await database.query(
      `INSERT INTO account_role (account_id, role, granted_by) SELECT id, 'senior-reviewer', 'test' FROM account WHERE user_number = $1`,
      [String(body.userNumber).replace('ID', '')],
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
    const order = chosen(orders, number);
    if (!order) return;
    const codes: string[] = [];
    for (let count = 0; count < times; count += 1) {
      const body = { channel: 'sandbox', renew: count > 0 };
      const offered = look('offer', await order.owner.post(`/${order.kind}/${order.id}/payments`, body));
      if (offered.status === 201) codes.push(offered.body.outTradeNo);
    }
    await Promise.all(codes.map(async (code) => look('confirm', await confirmPayment(order.owner, code))));
  }

  async function leave(number: number): Promise<void> {
    const order = chosen(orders, number);
    if (!order) return;
    const step = order.kind === 'attestations' ? 'cancellation' : 'withdrawal';
    look(step, await order.owner.post(`/${order.kind}/${order.id}/${step}`, {}));
  }

  async function resubmit(number: number): Promise<void> {
    const order = chosen(orders, number);
    if (!order) return;
    const { version } = await read(order);
    look('resubmit', await order.owner.post(`/${order.kind}/${order.id}/resubmission`, { version }));
  }

  async function decide(number: number): Promise<void> {
    const order = chosen(orders, number);
    if (!order) return;
    const { state, round } = await read(order);
    const decision = chosen(['APPROVE', 'APPROVE', 'APPROVE', 'RETURN', 'REJECT'], Math.floor(number / 7)) ?? 'APPROVE';
    const reasons = decision === 'APPROVE' ? [] : [{ field: 'title', code: 'unclear', text: '看不清。' }];
    const body = { round, decision, reasons };
    if (order.kind === 'attestations')
      look('decide', await first.post(`/staff/attestations/${order.id}/decision`, body));
    else if (state === 'FINAL_REVIEW')
      look('final', await second.post(`/staff/registrations/${order.id}/final-decision`, body));
    else look('initial', await first.post(`/staff/registrations/${order.id}/initial-decision`, body));
  }

  /** What is done often stands here often. */
  const ACTS = [
    attest,
    register,
    pay,
    pay,
    (number: number) => pay(number, 2),
    leave,
    resubmit,
    decide,
    decide,
    decide,
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
    await eventually(async () => (await column(UNSETTLED)).length === 0, { withinMs: SETTLED_WITHIN_MS }).catch(
      () => undefined,
    );

    expect(strange, `seed ${seed}`).to.deep.equal([]);
    expect(await column(UNSETTLED), `seed ${seed}`).to.deep.equal([]);
    expect(await column(WITHOUT_PAYMENT), `seed ${seed}`).to.deep.equal([]);
    expect(await column(KEPT_TOO_MUCH), `seed ${seed}`).to.deep.equal([]);
    const { kept, back } = bookOf(portal.dataFolder);
    const [own] = (await database.query(OWN_BOOK)).rows;
    expect(own, `seed ${seed}`).to.deep.equal({ kept, back });
    expect(orders.length, 'orders of the walk').to.be.greaterThan(5);
  });
});

/** What the provider has and gave back, in fen, by its own book. */
function bookOf(folder: string): { kept: number; back: number } {
  const book = path.join(folder, 'sandbox-payments');
  const rows = readdirSync(book)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(book, name), 'utf8')) as { state: string; amountFen: number });
  const sumOf = (state: string) =>
    rows.filter((row) => row.state === state).reduce((sum, { amountFen }) => sum + amountFen, 0);
  return { kept: sumOf('paid'), back: sumOf('refunded') };
}

const OWN_BOOK = `SELECT coalesce(sum(amount_fen) FILTER (WHERE state = 'PAID'), 0)::int AS kept,
  coalesce(sum(amount_fen) FILTER (WHERE state = 'REFUNDED'), 0)::int AS back FROM payment`;

/** Work that is still on its way, or failed. */
const UNSETTLED = `SELECT 'outbox: ' || topic || coalesce(' ' || last_error, '') AS found FROM outbox
    WHERE done_at IS NULL AND topic NOT LIKE 'upload%'
  UNION ALL SELECT 'attestation is ' || state FROM attestation WHERE state IN ('PAID', 'APPROVED', 'ANCHORING')
  UNION ALL SELECT 'registration is ' || state FROM registration WHERE state = 'REGISTERING'
  UNION ALL SELECT 'payment is ' || state FROM payment WHERE state IN ('REFUNDING', 'REFUND_FAILED')`;

const WITHOUT_PAYMENT = `SELECT 'attestation ' || order_number AS found FROM attestation a
    WHERE state NOT IN ('DRAFT', 'SUBMITTED', 'AWAITING_PAYMENT', 'CANCELLED', 'CLOSED')
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.attestation_id = a.id AND p.settles_order)
  UNION ALL SELECT 'registration ' || order_number FROM registration r
    WHERE state NOT IN ('DRAFT', 'AWAITING_PAYMENT', 'WITHDRAWN') AND waived_by_payment_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.registration_id = r.id AND p.settles_order)
  UNION ALL SELECT 'certificate ' || number FROM certificate c
    WHERE NOT EXISTS (SELECT 1 FROM attestation a WHERE a.id = c.attestation_id AND a.state = 'CERTIFIED')
      AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = c.registration_id AND r.state = 'REGISTERED')`;

/** Money of an order that gives everything back, or two payments of one. */
const KEPT_TOO_MUCH = `SELECT 'attestation ' || a.order_number AS found FROM attestation a JOIN payment p ON p.attestation_id = a.id
    WHERE p.state = 'PAID' AND a.state IN ('REJECTED', 'CANCELLED', 'CLOSED')
  UNION ALL SELECT 'registration ' || r.order_number FROM registration r JOIN payment p ON p.registration_id = r.id
    WHERE p.state = 'PAID' AND (r.state = 'NOT_REGISTERED' OR (r.state = 'WITHDRAWN'
      AND NOT EXISTS (SELECT 1 FROM registration_review v WHERE v.registration_id = r.id)))
  UNION ALL SELECT 'order ' || coalesce(attestation_id, registration_id) FROM payment WHERE state = 'PAID'
    GROUP BY coalesce(attestation_id, registration_id) HAVING count(*) > 1`;
