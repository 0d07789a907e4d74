// SPDX-License-Identifier: Apache-2.0
// 支付宝 as a channel: alipay.trade.precreate, a code to scan, and alipay.trade.wap.pay, which opens the app from a browser on a
// telephone. Neither makes a trade before the payer has begun: until then Alipay knows nothing of it, and can close nothing.
import { timeInChina } from '../../china-time.ts';
import type { AlipaySettings } from '../../payment-settings.ts';
import { noAnswer } from '../ask-provider.ts';
import {
  type ChannelOrder,
  type ChannelRefund,
  type ChannelStatus,
  type Notice,
  PAYER_SUBJECT,
  type PaymentChannel,
} from '../channel.ts';
import { fenOf, yuanOf } from '../statement-file.ts';
import { statementOfDay } from './bill.ts';
import { type AlipayClient, createAlipayClient, timeIn } from './client.ts';
import { formIn, isSignedByAlipay, type Parameters } from './signatures.ts';

const PAID = ['TRADE_SUCCESS', 'TRADE_FINISHED'];
const NO_TRADE = 'ACQ.TRADE_NOT_EXIST';

export function createAlipay(
  settings: AlipaySettings,
  { notifyUrl, quitUrl }: { notifyUrl: () => string; quitUrl: () => string },
): PaymentChannel {
  const client = createAlipayClient(settings);
  return {
    create: (order) => create(client, settings, { ...order, notifyUrl: notifyUrl(), quitUrl: quitUrl() }),
    query: (outTradeNo) => query(client, outTradeNo),
    async close(outTradeNo) {
      const { refusal } = await client.call('alipay.trade.close', { out_trade_no: outTradeNo });
      // Anything else: paid, or closed already. The query that follows says which.
      return refusal === NO_TRADE ? 'not-begun' : 'closed';
    },
    refund: (refund) => giveBack(client, refund),
    dailyStatement: (day) => statementOfDay(client, day),
    async readNotification(raw) {
      const form = formIn(raw);
      return form && isSignedByAlipay(form, settings.publicKeys) ? noticeIn(form, settings) : undefined;
    },
    // These seven characters alone: for anything else it notifies again.
    acknowledgement: { type: 'text/plain', body: 'success' },
  };
}

async function create(
  client: AlipayClient,
  { sellerId }: AlipaySettings,
  {
    outTradeNo,
    amountFen,
    expiresAt,
    onPhone,
    notifyUrl,
    quitUrl,
  }: ChannelOrder & { notifyUrl: string; quitUrl: string },
) {
  const content = {
    out_trade_no: outTradeNo,
    total_amount: yuanOf(amountFen),
    subject: PAYER_SUBJECT,
    seller_id: sellerId,
    // Not `timeout_express`, which begins only when the code is scanned.
    time_expire: timeInChina(expiresAt),
  };
  if (onPhone) {
    const page = { ...content, product_code: 'QUICK_WAP_WAY', quit_url: quitUrl };
    return { codeUrl: null, payUrl: client.pageUrl('alipay.trade.wap.pay', page, notifyUrl) };
  }
  const { refusal, qr_code: codeUrl } = await client.call('alipay.trade.precreate', content, notifyUrl);
  if (refusal || typeof codeUrl !== 'string' || codeUrl === '') throw noAnswer(refusal ?? 'content');
  return { codeUrl, payUrl: null };
}

async function query(client: AlipayClient, outTradeNo: string): Promise<ChannelStatus> {
  const answer = await client.call('alipay.trade.query', { out_trade_no: outTradeNo });
  if (answer.refusal === NO_TRADE) return { state: 'unpaid' };
  if (answer.refusal) throw noAnswer(answer.refusal);
  if (answer.out_trade_no !== outTradeNo) throw noAnswer('another payment');
  const state = String(answer.trade_status);
  if (!PAID.includes(state)) return { state: state === 'WAIT_BUYER_PAY' ? 'unpaid' : 'closed' };
  const amountFen = isInYuan(answer.trans_currency) ? fenOf(answer.total_amount) : undefined;
  return { state: 'paid', outTradeNo, amountFen, tradeNo: answer.trade_no, paidAt: timeIn(answer.send_pay_date) };
}

/** Left out where nothing else is possible. */
const isInYuan = (currency: unknown) => currency === undefined || currency === 'CNY';

/** Its signature has been verified. */
function noticeIn(form: Parameters, { appId, sellerId }: AlipaySettings): Notice {
  if (form.app_id !== appId || form.seller_id !== sellerId) return { kind: 'not-ours' };
  if (!PAID.includes(form.trade_status ?? '')) return { kind: 'not-a-payment' };
  const payment = {
    outTradeNo: form.out_trade_no,
    amountFen: isInYuan(form.trans_currency) ? fenOf(form.total_amount) : undefined,
    tradeNo: form.trade_no,
    paidAt: timeIn(form.gmt_payment),
  };
  return { kind: 'payment', payment };
}

async function giveBack(
  client: AlipayClient,
  { outTradeNo, refundNo, amountFen }: ChannelRefund,
): Promise<'done' | 'pending' | 'refused'> {
  const key = { out_trade_no: outTradeNo, out_request_no: refundNo };
  const asked = await client.call('alipay.trade.refund', { ...key, refund_amount: yuanOf(amountFen) });
  if (!asked.refusal && asked.fund_change === 'Y') return 'done';
  // No money moved just now: perhaps because it did when we asked before.
  const found = await client.call('alipay.trade.fastpay.refund.query', key);
  if (found.refund_status === 'REFUND_SUCCESS') return fenOf(found.refund_amount) === amountFen ? 'done' : 'refused';
  return asked.refusal ? 'refused' : 'pending';
}
