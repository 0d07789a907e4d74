// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  askPayment,
  confirmPayment,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  readOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { notify } from './notify.ts';

const DAY_MS = 86_400_000;
const REASONS = [
  { field: 'files.0', code: 'unclear', text: '图像不清晰，请重新上传。' },
  { field: 'title', code: 'other', text: '作品名称与图像不符。' },
];

describe('messages over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    reviewer = await portal.reviewer();
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });
  beforeEach(async () => {
    member = await portal.member({ verified: true });
  });

  /** Bodies are what the tests assert. */
  const inbox = async (query = '', of: PortalClient = member) =>
    (await expectStatus(200, of.get(`/messages${query}`))).body;
  const kinds = async () => (await inbox()).items.map(({ kind }: Order) => kind);
  const sent = (file: 'sms' | 'mail', phoneOrAddress: string): Order[] => {
    const name = path.join(portal.dataFolder, `${file}-outbox.jsonl`);
    const lines = existsSync(name) ? readFileSync(name, 'utf8').split('\n').filter(Boolean) : [];
    return lines
      .map((line) => JSON.parse(line))
      .filter(({ phone, to, code }) => !code && (phone ?? to) === phoneOrAddress);
  };
  const sms = () => sent('sms', member.phone);
  const give = (subject: string, round = 1) =>
    portal.db.transaction(async (tx) => {
      const rows = await portal.db.query(`SELECT id FROM account ORDER BY created_at DESC LIMIT 1`);
      const data = { title: '鹤', number: '100000000000000001' };
      await notify(tx, { to: { accountId: rows[0]?.id }, kind: 'certificate-ready', subject, round, data });
    });

  const underReview = async (): Promise<Order> => orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
  const decide = ({ id, round }: Order, decision: string, reasons: object[] = []) =>
    expectStatus(200, reviewer.post(`/staff/attestations/${id}/decision`, { round, decision, reasons }));

  it('when an order is returned › says all reasons and the deadline, in the inbox and by SMS', async () => {
    const order = await underReview();
    await decide(order, 'RETURN', REASONS);
    const { items, unread } = await inbox();
    const deadline = new Date(Date.parse((await readOrder(member, order.id)).stateAt ?? Date.now()) + 30 * DAY_MS);
    const day = new Date(deadline.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(unread).to.equal(1);
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ kind: 'order-returned', path: `/member/attestations/${order.id}`, readAt: null });
    expect(items[0].text.zh.title).to.equal('《鹤华抱枕》审核退回，共 2 项');
    expect(items[0].text.en.title).to.equal('“鹤华抱枕” was returned with 2 items');
    for (const { text } of REASONS) expect(items[0].text.zh.body).to.include(text);
    expect(items[0].text.zh.body).to.include(order.orderNumber).and.to.include(day);
    const [message] = await eventually(() => sms().length > 0 && sms());
    expect(message.text).to.include('审核退回').and.to.include(day);
    expect(message.text, 'nothing of the work').to.not.include('鹤华');
  });

  it('when a returned order is left alone › reminds 7 days and 1 day before it lapses, once each, and says that it lapsed', async () => {
    const order = await underReview();
    await decide(order, 'RETURN', REASONS);
    const returnedAt = Date.now();
    const after = (days: number) => portal.sweep(new Date(returnedAt + days * DAY_MS));
    await after(22.9);
    expect(await kinds()).to.deep.equal(['order-returned']);
    await after(23.1);
    await after(23.2);
    expect(await kinds()).to.deep.equal(['order-due-in-7-days', 'order-returned']);
    await after(29.1);
    await after(29.2);
    expect(await kinds()).to.deep.equal(['order-due-in-1-day', 'order-due-in-7-days', 'order-returned']);
    await after(30.1);
    await after(31);
    expect((await kinds())[0]).to.equal('order-withdrawn');
    expect(await kinds()).to.have.length(4);
    await eventually(() => sms().length === 4);
  });

  it('when the portal was down on the seventh day › sends only the last reminder', async () => {
    await decide(await underReview(), 'RETURN', REASONS);
    await portal.sweep(new Date(Date.now() + 29.5 * DAY_MS));
    await portal.sweep(new Date(Date.now() + 29.6 * DAY_MS));
    expect(await kinds()).to.deep.equal(['order-due-in-1-day', 'order-returned']);
  });

  it('when an order is returned a second time › tells it again, and reminds again', async () => {
    const order = await underReview();
    await decide(order, 'RETURN', REASONS);
    await portal.sweep(new Date(Date.now() + 23.1 * DAY_MS));
    const { version } = await readOrder(member, order.id);
    await expectStatus(200, member.post(`/attestations/${order.id}/resubmission`, { version }));
    await decide({ id: order.id, round: 2 }, 'RETURN', REASONS);
    await portal.sweep(new Date(Date.now() + 23.1 * DAY_MS));
    expect(await kinds()).to.deep.equal([
      'order-due-in-7-days',
      'order-returned',
      'order-due-in-7-days',
      'order-returned',
    ]);
  });

  it('when an order is approved or rejected › tells it; only the rejection, with its reasons, goes out at once', async () => {
    const [approved, rejected] = [await underReview(), await underReview()];
    await decide(approved, 'APPROVE');
    await decide(rejected, 'REJECT', REASONS.slice(0, 1));
    // The refund of the rejected one may be told already.
    const items = (await inbox()).items.filter(({ kind }: Order) => kind !== 'payment-refunded');
    expect(items.map(({ kind }: Order) => kind)).to.deep.equal(['order-rejected', 'order-approved']);
    expect(items[0].text.zh.body).to.include(REASONS[0]?.text);
    await eventually(() => sms().length > 0);
    // As above.
    const told = sms().map(({ kind }) => kind);
    expect(told.filter((kind) => kind !== 'payment-refunded')).to.deep.equal(['order-rejected']);
  });

  it('when a payment comes back › says how much', async () => {
    const { id } = await submittedOrder(member);
    const { outTradeNo } = await askPayment(member, id);
    // The payer is quicker than the cancellation reaches the provider: the money is there, the notification is not.
    await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE attestation_id = $1', [id, `${outTradeNo}x`]);
    expect((await confirmPayment(member, outTradeNo)).code).to.equal('payment-unavailable');
    await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE attestation_id = $1', [id, outTradeNo]);
    await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
    const message = await eventually(async () =>
      (await inbox()).items.find(({ kind }: Order) => kind === 'payment-refunded'),
    );
    expect(message.text.zh.title).to.equal('《鹤华抱枕》已退款 ¥30.00');
    expect(message.path).to.equal(`/member/attestations/${id}`);
  });

  it('when the same event is told twice › makes one message, and sends it once', async () => {
    await give('attestation:1');
    await give('attestation:1');
    await give('attestation:1', 2);
    expect(await kinds()).to.have.length(2);
    await eventually(() => sms().length === 2);
  });

  it('when the transaction of the event fails › leaves no message', async () => {
    const rows = await portal.db.query(`SELECT id FROM account ORDER BY created_at DESC LIMIT 1`);
    const failed = portal.db.transaction(async (tx) => {
      const data = { title: '鹤', number: '1' };
      await notify(tx, { to: { accountId: rows[0]?.id }, kind: 'certificate-ready', subject: 'attestation:1', data });
      throw new Error('event failed');
    });
    expect(await failed.catch((error: Error) => error.message)).to.equal('event failed');
    expect(await kinds()).to.deep.equal([]);
  });

  it('when messages are many › pages through all of them, newest first, and through the unread ones', async () => {
    for (let n = 1; n <= 5; n += 1) await give(`attestation:${n}`);
    const all = (await inbox()).items.map(({ id }: Order) => id);
    const first = await inbox('?limit=2');
    const second = await inbox(`?limit=2&cursor=${first.next}`);
    const third = await inbox(`?limit=2&cursor=${second.next}`);
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }: Order) => id))).to.deep.equal(all);
    expect(third.next).to.equal(null);
    await expectStatus(204, member.put(`/messages/${all[1]}/read`));
    expect((await inbox('?unread=true&limit=2')).items.map(({ id }: Order) => id)).to.deep.equal([all[0], all[2]]);
    expect((await member.get('/messages?cursor=nonsense')).fields).to.deep.equal(['cursor: malformed']);
  });

  it('when messages are marked as read › counts the others, and those that came since', async () => {
    for (const n of [1, 2, 3]) await give(`attestation:${n}`);
    const [newest, middle] = (await inbox()).items;
    await expectStatus(204, member.put(`/messages/${middle.id}/read`));
    expect((await member.get('/messages/unread')).body).to.deep.equal({ unread: 2 });
    await give('attestation:4');
    await expectStatus(204, member.put('/messages/read', { upTo: newest.id }));
    expect((await member.get('/messages/unread')).body).to.deep.equal({ unread: 1 });
    expect((await inbox()).items.map(({ readAt }: Order) => readAt === null)).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });

  it('when another member asks › shows, and changes, nothing of theirs', async () => {
    await give('attestation:1');
    const [{ id }] = (await inbox()).items;
    const other = await portal.member();
    expect((await inbox('', other)).items).to.deep.equal([]);
    expect((await other.put(`/messages/${id}/read`)).code).to.equal('message-not-found');
    await expectStatus(204, other.put('/messages/read', { upTo: id }));
    expect((await inbox()).unread).to.equal(1);
    expect((await portal.visitor().get('/messages')).code).to.equal('unauthenticated');
  });

  it('when a group is switched off for a channel › sends it by the other one only, and keeps it in the inbox', async () => {
    const preference = { language: 'en', off: { sms: ['certificates'], mail: [] } };
    const saved = (await expectStatus(200, member.put('/message-preference', preference))).body;
    expect(saved).to.deep.include(preference);
    expect(saved.groups).to.deep.include.members([
      { group: 'decisions', isRequired: true },
      { group: 'certificates', isRequired: false },
    ]);
    await give('attestation:1');
    const mails = await eventually(() => {
      const found = readMails().filter(({ subject }) => subject.includes('certificate'));
      return found.length > 0 && found;
    });
    expect(mails[0].subject).to.equal('The certificate of “鹤” is ready');
    expect(mails[0].text).to.include(`${portal.url}/member/attestations/1/certificate`);
    expect(sms()).to.deep.equal([]);
    expect(await kinds()).to.deep.equal(['certificate-ready']);
  });

  it('when a required group is to be switched off › refuses, and names the field', async () => {
    const off = { sms: ['certificates', 'decisions'], mail: ['payments'] };
    const answer = await member.put('/message-preference', { language: 'zh', off });
    expect(answer.status).to.equal(422);
    expect(answer.fields).to.have.members(['off.sms.1: not-an-option', 'off.mail.0: not-an-option']);
    expect((await member.get('/message-preference')).body.off).to.deep.equal({ sms: [], mail: [] });
  });

  it('when an account is disabled before its message goes out › sends nothing', async () => {
    const rows = await portal.db.query(`SELECT id FROM account ORDER BY created_at DESC LIMIT 1`);
    await portal.db.query(`UPDATE account SET state = 'DISABLED' WHERE id = $1`, [rows[0]?.id]);
    await give('attestation:1');
    await eventually(async () => {
      const [row] = await portal.db.query(
        `SELECT count(*)::int AS open FROM outbox WHERE topic LIKE 'message-%' AND done_at IS NULL`,
      );
      return row?.open === 0;
    });
    expect(sms()).to.deep.equal([]);
  });

  const readMails = (): Order[] => {
    const name = path.join(portal.dataFolder, 'mail-outbox.jsonl');
    return existsSync(name)
      ? readFileSync(name, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : [];
  };
});
