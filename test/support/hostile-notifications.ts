// SPDX-License-Identifier: Apache-2.0
// What others could send as notifications of payments, and what providers could send that is not a payment. None may win.
import { createHmac, sign } from 'node:crypto';
import { rsaKey } from '../../verifier/vectors/witnesses/certificates.ts';
import type { TestAlipay } from './alipay.ts';
import type { Notification, Trade } from './payment-provider.ts';
import type { NotificationChanges, TestWechatPay } from './wechat-pay.ts';

export interface HostileCase {
  title: string;
  channel: 'alipay' | 'wechat';
  /** Of the problem; `acknowledged`: the provider need not tell it again, and nothing changes. */
  answer: string;
  make(waiting: Waiting): Notification;
}

/** A payment that waits for its money, at each provider; the trades are as if they were paid. */
export interface Waiting {
  alipay: { provider: TestAlipay; trade: Trade };
  wechat: { provider: TestWechatPay; trade: Trade };
}

const INVALID = 'notification-invalid';
const ACKNOWLEDGED = 'acknowledged';
const SKEW_SECONDS = 301;
const TOO_LONG = 17 * 1_024;

const now = () => Math.floor(Date.now() / 1_000);
const attacker = rsaKey().privateKey;

type Change = (genuine: Notification) => Notification;

const header =
  (name: string, value: string | undefined): Change =>
  ({ headers: { [name]: _old, ...others }, body }) => ({
    headers: value === undefined ? others : { ...others, [name]: value },
    body,
  });
const body =
  (change: (text: string) => string): Change =>
  (genuine) => ({ ...genuine, body: change(genuine.body) });

function wechat(
  title: string,
  answer: string,
  changes: NotificationChanges,
  change: Change = (same) => same,
): HostileCase {
  const make = ({ wechat: { provider, trade } }: Waiting) => change(provider.notification(trade, changes));
  return { title, channel: 'wechat', answer, make };
}

const bySerial = (serial: string): NotificationChanges => ({ signer: { serial, key: attacker } });

/** The signature is wrong, missing, old or of somebody else. */
const WECHAT_FORGED: HostileCase[] = [
  wechat('has no signature', INVALID, {}, header('Wechatpay-Signature', undefined)),
  wechat('has an empty signature', INVALID, {}, header('Wechatpay-Signature', '')),
  wechat('has a signature that is not base64', INVALID, {}, header('Wechatpay-Signature', '%%%')),
  wechat('is a probe of WeChat Pay', INVALID, {}, header('Wechatpay-Signature', 'WECHATPAY/SIGNTEST/AAAA')),
  wechat('has no serial', INVALID, {}, header('Wechatpay-Serial', undefined)),
  wechat('names an unknown certificate', INVALID, bySerial('7777')),
  wechat('names an unknown public key', INVALID, bySerial('PUB_KEY_ID_0000000009')),
  wechat('names a serial that is not a number', INVALID, bySerial('__proto__')),
  wechat('has no time', INVALID, {}, header('Wechatpay-Timestamp', undefined)),
  wechat('has a time that is not a number', INVALID, {}, header('Wechatpay-Timestamp', 'now')),
  wechat('has a time with an exponent', INVALID, {}, header('Wechatpay-Timestamp', '1e9')),
  wechat('was recorded more than five minutes ago', INVALID, { aheadSeconds: -SKEW_SECONDS }),
  wechat('comes from more than five minutes ahead', INVALID, { aheadSeconds: 2 * SKEW_SECONDS }),
  wechat('was recorded, and has a new time', INVALID, { aheadSeconds: -SKEW_SECONDS }, (old) =>
    header('Wechatpay-Timestamp', String(now()))(old),
  ),
  wechat('has another nonce', INVALID, {}, header('Wechatpay-Nonce', '0'.repeat(32))),
  wechat('has no nonce', INVALID, {}, header('Wechatpay-Nonce', undefined)),
  wechat(
    'has one more space',
    INVALID,
    {},
    body((text) => `${text} `),
  ),
  wechat(
    'was serialised again',
    INVALID,
    {},
    body((text) => JSON.stringify(JSON.parse(text), undefined, 1)),
  ),
  wechat(
    'has no body',
    INVALID,
    {},
    body(() => ''),
  ),
  {
    title: 'is signed by somebody else under the right serial',
    channel: 'wechat',
    answer: INVALID,
    make: ({ wechat: { provider, trade } }) =>
      provider.notification(trade, { signer: { serial: provider.signer.serial, key: attacker } }),
  },
  {
    title: 'is one of Alipay',
    channel: 'wechat',
    answer: INVALID,
    make: ({ alipay: { provider, trade } }) => provider.notification(trade),
  },
  wechat('is of another media type', 'unsupported-media-type', {}, header('Content-Type', 'application/xml')),
  wechat('is too long', 'payload-too-large', { envelope: { summary: 'x'.repeat(TOO_LONG) } }),
];

const told = (transaction: object): NotificationChanges => ({ transaction });
const amount = (total: unknown, currency = 'CNY') => told({ amount: { total, currency } });

/** WeChat Pay has signed it, and it still is no payment of ours, or of this amount. */
const WECHAT_SIGNED: HostileCase[] = [
  wechat('is encrypted with another key', INVALID, { apiKey: 'x'.repeat(32) }),
  wechat('is encrypted for another purpose', INVALID, { resource: { associated_data: 'certificate' } }),
  wechat('has encrypted text without its tag', INVALID, { resource: { ciphertext: 'AAAA' } }),
  wechat('has an encryption nonce of another length', INVALID, { resource: { nonce: '0'.repeat(16) } }),
  wechat('is encrypted in another way', INVALID, { resource: { algorithm: 'AEAD_AES_128_CBC' } }),
  wechat('has nothing encrypted', INVALID, { envelope: { resource: null } }),
  wechat('is of another application', INVALID, told({ appid: 'wxffffffffffffffff' })),
  wechat('is of another merchant', INVALID, told({ mchid: '1900000002' })),
  wechat('is in another currency', INVALID, amount(3_000, 'USD')),
  wechat('has an amount that is text', INVALID, amount('3000')),
  wechat('has a negative amount', INVALID, amount(-3_000)),
  wechat('has part of a fen', INVALID, amount(3_000.5)),
  wechat('has no amount', INVALID, told({ amount: undefined })),
  wechat('is a fen short', ACKNOWLEDGED, amount(2_999)),
  wechat('is a hundred times as much', ACKNOWLEDGED, amount(300_000)),
  wechat('is of an unknown number', 'payment-not-found', told({ out_trade_no: '20260101000000000000' })),
  wechat('has a number that is a query', INVALID, told({ out_trade_no: "' OR '1'='1" })),
  wechat('has a number of several', INVALID, told({ out_trade_no: ['1', '2'] })),
  {
    title: 'names a payment of Alipay',
    channel: 'wechat',
    answer: 'payment-not-found',
    make: ({ wechat: { provider, trade }, alipay }) =>
      provider.notification(trade, told({ out_trade_no: alipay.trade.outTradeNo })),
  },
  wechat('says that it is not paid', ACKNOWLEDGED, told({ trade_state: 'NOTPAY' })),
  wechat('says that it was closed', ACKNOWLEDGED, told({ trade_state: 'CLOSED' })),
  wechat('says that it was given back', ACKNOWLEDGED, { envelope: { event_type: 'REFUND.SUCCESS' } }),
  wechat('was paid before there was anything here', INVALID, told({ success_time: '1999-01-01T00:00:00+08:00' })),
  wechat('was paid in the future', INVALID, told({ success_time: '2999-01-01T00:00:00+08:00' })),
  wechat('has no number of WeChat Pay', INVALID, told({ transaction_id: undefined })),
  wechat('has a zero byte in its number', INVALID, told({ transaction_id: '42\u0000' })),
];

function alipay(
  title: string,
  answer: string,
  changes: Record<string, string | undefined>,
  change: Change = (same) => same,
): HostileCase {
  const make = ({ alipay: { provider, trade } }: Waiting) => change(provider.notification(trade, changes));
  return { title, channel: 'alipay', answer, make };
}

/** Not by the rule for notifications: as requests are signed, with `sign_type`. */
function signedLikeRequest({ alipay: { provider, trade } }: Waiting): Notification {
  const genuine = provider.notification(trade);
  const form = new URLSearchParams(genuine.body);
  const text = [...form]
    .filter(([name]) => name !== 'sign')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  form.set('sign', sign('sha256', Buffer.from(text), provider.key).toString('base64'));
  return { ...genuine, body: form.toString() };
}

const ALIPAY_FORGED: HostileCase[] = [
  alipay('has no signature', INVALID, { sign: '' }),
  alipay('has a signature that is not base64', INVALID, { sign: '%%%' }),
  alipay('has no type of signature', INVALID, { sign_type: undefined }),
  alipay('says that it is signed with SHA-1', INVALID, { sign_type: 'RSA' }),
  alipay(
    'has another amount than was signed',
    INVALID,
    {},
    body((text) => text.replace('=30.00', '=0.01')),
  ),
  alipay(
    'has another number than was signed',
    INVALID,
    {},
    body((text) => text.replace(/out_trade_no=\d/, 'out_trade_no=9')),
  ),
  alipay(
    'has one more field than was signed',
    INVALID,
    {},
    body((text) => `${text}&extra=1`),
  ),
  alipay(
    'lacks a field that was signed',
    INVALID,
    {},
    body((text) => text.replace(/notify_id=[^&]*&/, '')),
  ),
  alipay(
    'states the amount twice',
    INVALID,
    {},
    body((text) => `${text}&total_amount=0.01`),
  ),
  alipay(
    'is JSON',
    INVALID,
    {},
    body((text) => JSON.stringify(Object.fromEntries(new URLSearchParams(text)))),
  ),
  alipay(
    'has no body',
    INVALID,
    {},
    body(() => ''),
  ),
  {
    title: 'is signed with a key of somebody else',
    channel: 'alipay',
    answer: INVALID,
    make: ({ alipay: { provider, trade } }) => provider.notification(trade, {}, attacker),
  },
  {
    title: 'is signed as requests are',
    channel: 'alipay',
    answer: INVALID,
    make: signedLikeRequest,
  },
  {
    title: 'has a signature of the sandbox',
    channel: 'alipay',
    answer: INVALID,
    make: ({ alipay: { trade } }) => {
      const text = JSON.stringify({ outTradeNo: trade.outTradeNo, amountFen: 3_000 });
      const signature = createHmac('sha256', '').update(text).digest('hex');
      return { headers: { 'Content-Type': 'application/json', 'X-Sandbox-Signature': signature }, body: text };
    },
  },
];

const ALIPAY_SIGNED: HostileCase[] = [
  alipay('is of another application', INVALID, { app_id: '2021000000000002' }),
  alipay('is of another merchant', INVALID, { seller_id: '2088000000000002' }),
  alipay('names no merchant', INVALID, { seller_id: undefined }),
  alipay('is a fen short', ACKNOWLEDGED, { total_amount: '29.99' }),
  alipay('is in another currency', INVALID, { trans_currency: 'USD' }),
  alipay('has an amount with an exponent', INVALID, { total_amount: '3e1' }),
  alipay('has an amount with part of a fen', INVALID, { total_amount: '30.001' }),
  alipay('has a negative amount', INVALID, { total_amount: '-30.00' }),
  alipay('waits for the payer', ACKNOWLEDGED, { trade_status: 'WAIT_BUYER_PAY' }),
  alipay('says that it was closed', ACKNOWLEDGED, { trade_status: 'TRADE_CLOSED' }),
  alipay('has an unknown state', ACKNOWLEDGED, { trade_status: 'trade_success' }),
  alipay('is of an unknown number', 'payment-not-found', { out_trade_no: '20260101000000000000' }),
  alipay('was paid in the future', INVALID, { gmt_payment: '2999-01-01 00:00:00' }),
  alipay('does not say when it was paid', INVALID, { gmt_payment: undefined }),
  alipay('has no number of Alipay', INVALID, { trade_no: undefined }),
  {
    title: 'names a payment of WeChat Pay',
    channel: 'alipay',
    answer: 'payment-not-found',
    make: ({ alipay: { provider, trade }, wechat: other }) =>
      provider.notification(trade, { out_trade_no: other.trade.outTradeNo }),
  },
];

export const HOSTILE_NOTIFICATIONS: readonly HostileCase[] = [
  ...WECHAT_FORGED,
  ...WECHAT_SIGNED,
  ...ALIPAY_FORGED,
  ...ALIPAY_SIGNED,
];
