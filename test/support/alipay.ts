// SPDX-License-Identifier: Apache-2.0
// Alipay's gateway on loopback, with keys of its own: it verifies what merchants sign, signs what it says, and can be told to fail.
import { type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rsaKey } from '../../verifier/vectors/witnesses/certificates.ts';
import {
  type Answered,
  type Books,
  type Notification,
  newBooks,
  newTradeNo,
  payPage,
  payTrade,
  refundTrade,
  send,
  startProvider,
  type Trade,
} from './payment-provider.ts';
import { temporaryFolder } from './temporary.ts';
import { zipOf } from './zip-of.ts';

const APP_ID = '2021000000000001';
const SELLER_ID = '2088000000000001';

export interface TestAlipay extends Books {
  /** For the portal. */
  settings: Record<string, string>;
  key: KeyObject;
  /** Signs with its next key from now on, which the settings have already. */
  rotate(): void;
  /** Somebody scans the code: only then is there a trade. */
  scan(outTradeNo: string): Trade;
  pay(outTradeNo: string, at?: Date): Trade;
  notify(trade: Trade): Promise<{ status: number; text: string }>;
  notification(trade: Trade, changes?: Record<string, string | undefined>, key?: KeyObject): Notification;
  stop(): Promise<void>;
}

export async function startAlipay(): Promise<TestAlipay> {
  const books = newBooks();
  const merchant = rsaKey();
  const [first, second] = [rsaKey(), rsaKey()];
  let key = first.privateKey;
  const { url, stop } = await startProvider(books, async (asked) => {
    const { pathname, searchParams } = new URL(asked.path, 'http://127.0.0.1');
    if (pathname.startsWith('/pay/')) return pay(alipay, pathname.split('/')[2] ?? '');
    if (pathname === '/bill') return { status: 200, body: billOf(books, searchParams.get('day') ?? '') };
    const form = formOf(asked.method === 'POST' ? new URLSearchParams(asked.body) : searchParams);
    if (!isMerchant(form, merchant.publicKey)) {
      books.refused += 1;
      return unsigned({ error_response: { code: '40002', sub_code: 'isv.invalid-signature' } });
    }
    if (form.method === 'alipay.trade.wap.pay') return payPage('支付宝', offered(books, form, 'phone'));
    const content = JSON.stringify({ ...answerOf(books, form, url), ...books.faults.restated });
    const by = books.faults.forgedAnswers ? rsaKey().privateKey : key;
    const signature = sign('sha256', Buffer.from(content), by).toString('base64');
    const member = `${form.method?.replaceAll('.', '_')}_response`;
    return { status: 200, body: `{"${member}":${content},"sign":"${signature}"}` };
  });
  const folder = temporaryFolder();
  const file = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content, { mode: 0o600 });
    return path.join(folder, name);
  };
  const publicPem = ({ publicKey }: typeof first) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const settings = {
    ALIPAY_APP_ID: APP_ID,
    ALIPAY_SELLER_ID: SELLER_ID,
    // As Alipay's key tool writes it: without lines around it.
    ALIPAY_KEY_FILE: file('app', merchant.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')),
    ALIPAY_PUBLIC_KEY_FILE: file('alipay.pem', publicPem(first) + publicPem(second)),
    ALIPAY_URL: `${url}/gateway.do`,
  };
  const alipay: TestAlipay = Object.assign(books, {
    settings,
    key,
    rotate() {
      key = second.privateKey;
      alipay.key = key;
    },
    scan(outTradeNo: string) {
      const trade = books.trades.get(outTradeNo);
      if (trade?.state !== 'offered') throw new Error(`nobody can scan ${outTradeNo}: ${trade?.state}`);
      trade.state = 'begun';
      return trade;
    },
    pay: (outTradeNo: string, at?: Date) => payTrade(books, outTradeNo, at),
    notification: (trade: Trade, changes: Record<string, string | undefined> = {}, by = key) =>
      notificationOf(trade, changes, by),
    notify: (trade: Trade) => send(trade.notifyUrl, notificationOf(trade, {}, key)),
    stop,
  });
  return alipay;
}

type Form = Record<string, string>;

const unsigned = (content: object): Answered => ({ status: 200, body: JSON.stringify(content) });
const formOf = (parameters: URLSearchParams): Form => Object.fromEntries(parameters);

const textOf = (form: Form, left: readonly string[]) =>
  Object.keys(form)
    .filter((name) => !left.includes(name) && form[name] !== '')
    .sort()
    .map((name) => `${name}=${form[name]}`)
    .join('&');

/** As real requests are: without `sign` alone, and with a time in China that is near. */
function isMerchant(form: Form, key: KeyObject): boolean {
  const text = textOf(form, ['sign']);
  const isTimely = Math.abs(Date.now() - Date.parse(`${form.timestamp?.replace(' ', 'T')}+08:00`)) < 900_000;
  const isSigned = verify('sha256', Buffer.from(text), key, Buffer.from(form.sign ?? '', 'base64'));
  return form.app_id === APP_ID && form.sign_type === 'RSA2' && isTimely && isSigned;
}

const ok = (content: object) => ({ code: '10000', msg: 'Success', ...content });
const refusal = (subCode: string) => ({ code: '40004', msg: 'Business Failed', sub_code: subCode, sub_msg: '{"}' });
const yuan = (fen: number) => (fen / 100).toFixed(2);
const fen = (text: string) => Math.round(Number(text) * 100);
const chinaTime = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

function offered(books: Books, form: Form, scene: Trade['scene']): Trade {
  const content = JSON.parse(form.biz_content ?? '{}');
  const outTradeNo = content.out_trade_no;
  const trade = books.trades.get(outTradeNo) ?? {
    ...{ outTradeNo, amountFen: fen(content.total_amount), notifyUrl: form.notify_url ?? '', tradeNo: newTradeNo() },
    ...{ scene, expiresAt: new Date(`${content.time_expire.replace(' ', 'T')}+08:00`) },
    ...{ state: scene === 'phone' ? ('begun' as const) : ('offered' as const), paidAt: undefined, refunds: [] },
  };
  books.trades.set(outTradeNo, trade);
  return trade;
}

function answerOf(books: Books, form: Form, url: string): object {
  const content = JSON.parse(form.biz_content ?? '{}');
  if (form.method === 'alipay.trade.precreate') {
    const { outTradeNo, amountFen, scene } = offered(books, form, 'code');
    if (amountFen !== fen(content.total_amount) || scene !== 'code') return refusal('ACQ.CONTEXT_INCONSISTENT');
    return ok({ out_trade_no: outTradeNo, qr_code: `https://qr.alipay.com/${outTradeNo}` });
  }
  if (form.method === 'alipay.data.dataservice.bill.downloadurl.query') {
    const day: string = content.bill_date;
    const hasTrades = [...books.trades.values()].some((trade) => isOn(trade.paidAt, day));
    return hasTrades ? ok({ bill_download_url: `${url}/bill?day=${day}` }) : refusal('isp.bill_not_exist');
  }
  const trade = books.trades.get(content.out_trade_no);
  // A code that nobody has scanned is no trade.
  if (!trade || trade.state === 'offered') return refusal('ACQ.TRADE_NOT_EXIST');
  if (form.method === 'alipay.trade.query') return ok(tradeOf(trade, books.faults.statedFen));
  if (form.method === 'alipay.trade.close') {
    if (trade.state === 'paid') return refusal('ACQ.TRADE_STATUS_ERROR');
    trade.state = 'closed';
    return ok({ out_trade_no: trade.outTradeNo });
  }
  return refunded(books, form, { trade, content });
}

interface RefundAsked {
  out_request_no: string;
  refund_amount: string;
}

function refunded(books: Books, form: Form, { trade, content }: { trade: Trade; content: RefundAsked }): object {
  const refundNo = content.out_request_no;
  if (form.method === 'alipay.trade.refund') {
    const made = refundTrade(books, trade, { refundNo, amountFen: fen(content.refund_amount) });
    if (!made) return refusal('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
    return ok({ out_trade_no: trade.outTradeNo, fund_change: made.isNew && !made.made.isPending ? 'Y' : 'N' });
  }
  const found = trade.refunds.find((each) => each.refundNo === refundNo);
  if (!found || found.isPending) return ok({});
  return ok({ out_request_no: refundNo, refund_status: 'REFUND_SUCCESS', refund_amount: yuan(found.amountFen) });
}

const STATUS = { offered: 'WAIT_BUYER_PAY', begun: 'WAIT_BUYER_PAY', paid: 'TRADE_SUCCESS', closed: 'TRADE_CLOSED' };

const tradeOf = ({ outTradeNo, tradeNo, amountFen, state, paidAt }: Trade, statedFen = amountFen) => ({
  ...{ out_trade_no: outTradeNo, trade_no: tradeNo, total_amount: yuan(statedFen), trade_status: STATUS[state] },
  ...(paidAt && { send_pay_date: chinaTime(paidAt) }),
});

function notificationOf(trade: Trade, changes: Record<string, string | undefined>, key: KeyObject): Notification {
  const told: Record<string, string | undefined> = {
    ...{
      notify_time: chinaTime(new Date()),
      notify_type: 'trade_status_sync',
      notify_id: randomBytes(16).toString('hex'),
    },
    ...{ app_id: APP_ID, seller_id: SELLER_ID, charset: 'utf-8', version: '1.0', sign_type: 'RSA2' },
    ...{ out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo, total_amount: yuan(trade.amountFen) },
    ...{ trade_status: STATUS[trade.state], subject: '版权服务费 50% +1&', buyer_logon_id: '139****0001' },
    gmt_payment: chinaTime(trade.paidAt ?? new Date()),
    fund_bill_list: '[{"amount":"30.00","fundChannel":"ALIPAYACCOUNT"}]',
    ...changes,
  };
  const form: Form = Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const signature = sign('sha256', Buffer.from(textOf(form, ['sign', 'sign_type'])), key).toString('base64');
  const body = new URLSearchParams({ ...form, sign: changes.sign ?? signature }).toString();
  return { headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' }, body };
}

const isOn = (at: Date | undefined, day: string) => at !== undefined && chinaTime(at).startsWith(day);

/** Two tables, as Alipay packs them; GB18030 has the ASCII characters where they are, so the Chinese ones are given in bytes. */
function billOf({ trades, faults }: Books, day: string): Uint8Array {
  const rows = [...trades.values()].flatMap(({ outTradeNo, tradeNo, paidAt, amountFen, refunds }) => {
    const row = (kind: Buffer, amount: string, refundNo = '') =>
      Buffer.concat([Buffer.from(`${tradeNo}\t,${outTradeNo}\t,`), kind, Buffer.from(`,${amount},${refundNo}\t\r\n`)]);
    return [
      ...(isOn(paidAt, day) ? [row(TRADE, yuan(faults.statedFen ?? amountFen))] : []),
      ...refunds
        .filter(({ at }) => isOn(at, day))
        .map((each) => row(REFUND, `-${yuan(each.amountFen)}`, each.refundNo)),
    ];
  });
  const detail = Buffer.concat([Buffer.from('#---\r\n'), HEADER, ...rows, Buffer.from('#---\r\n')]);
  return zipOf({ 'sums.csv': Buffer.from('#\r\n'), 'detail.csv': detail });
}

const hex = (text: string) => Buffer.from(text, 'hex');
/** 交易, 退款, and 支付宝交易号,商户订单号,业务类型,订单金额（元）,退款批次号/请求号. */
const TRADE = hex('bdbbd2d7');
const REFUND = hex('cdcbbfee');
const HEADER = hex(
  'd6a7b8b6b1a6bdbbd2d7bac52cc9ccbba7b6a9b5a5bac52cd2b5cef1c0e0d0cd2cb6a9b5a5bdf0b6eea3a8d4aaa3a92ccdcbbfeec5fab4cebac52fc7ebc7f3bac50d0a',
);

async function pay(alipay: TestAlipay, outTradeNo: string): Promise<Answered> {
  const trade = alipay.trades.get(outTradeNo);
  if (!trade) return { status: 404 };
  if (trade.state !== 'paid') await alipay.notify(alipay.pay(outTradeNo));
  return payPage('支付宝', trade);
}
