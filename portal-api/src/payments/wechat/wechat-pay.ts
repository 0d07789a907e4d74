// SPDX-License-Identifier: Apache-2.0
// 微信支付 (API v3) as a channel: Native, a code to scan, and H5, which opens the app from a browser on a telephone. A number that
// was used for one of the two is refused for the other.
import { parseJson } from '@inkseal/service-kit';
import { z } from 'zod';
import { inChina } from '../../china-time.ts';
import type { WechatPaySettings } from '../../payment-settings.ts';
import { noAnswer } from '../ask-provider.ts';
import {
  type ChannelOrder,
  type ChannelRefund,
  type ChannelStatus,
  type Notice,
  PAYER_SUBJECT,
  type PaymentChannel,
  type StatedPayment,
} from '../channel.ts';
import { statementOfDay } from './bill.ts';
import { createWechatClient, type WechatClient } from './client.ts';
import { decrypted, isSignedByWechat } from './signatures.ts';

const CURRENCY = 'CNY';

export function createWechatPay(settings: WechatPaySettings, notifyUrl: () => string): PaymentChannel {
  const client = createWechatClient(settings);
  return {
    create: (order) => create(client, settings, { ...order, notifyUrl: notifyUrl() }),
    query: (outTradeNo) => query(client, settings, outTradeNo),
    async close(outTradeNo) {
      const path = `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`;
      const { refusal } = await client.call('POST', path, { mchid: settings.merchantId });
      // Paid, closed or never made: the query that follows says which.
      if (refusal && !OVER.includes(refusal)) throw noAnswer(refusal);
      return 'closed';
    },
    refund: (refund) => giveBack(client, refund),
    dailyStatement: (day) => statementOfDay(client, day),
    async readNotification(body, headers) {
      const isGenuine = await isSignedByWechat({ header: (name) => headers[name], body }, client.keys.find);
      if (!isGenuine) return undefined;
      return noticeIn(parseJson(body.toString('utf8')), settings);
    },
    // The status is what counts.
    acknowledgement: { type: 'text/plain', body: 'success' },
  };
}

const OVER = ['ORDERPAID', 'ORDER_PAID', 'ORDER_CLOSED', 'ORDERCLOSED', 'ORDER_NOT_EXIST', 'ORDERNOTEXIST'];

const madeSchema = z.union([
  z.object({ code_url: z.string().min(1) }).transform(({ code_url: codeUrl }) => ({ codeUrl, payUrl: null })),
  z.object({ h5_url: z.url() }).transform(({ h5_url: payUrl }) => ({ codeUrl: null, payUrl })),
]);

async function create(
  client: WechatClient,
  { appId, merchantId }: WechatPaySettings,
  { outTradeNo, amountFen, expiresAt, onPhone, payerAddress, notifyUrl }: ChannelOrder & { notifyUrl: string },
) {
  const scene = { payer_client_ip: payerAddress, h5_info: { type: 'Wap' } };
  const { refusal, body } = await client.call('POST', `/v3/pay/transactions/${onPhone ? 'h5' : 'native'}`, {
    appid: appId,
    mchid: merchantId,
    description: PAYER_SUBJECT,
    out_trade_no: outTradeNo,
    time_expire: `${inChina(expiresAt).toISOString().slice(0, 19)}+08:00`,
    notify_url: notifyUrl,
    amount: { total: amountFen, currency: CURRENCY },
    ...(onPhone && { scene_info: scene }),
  });
  const { data } = madeSchema.safeParse(body);
  if (refusal || !data) throw noAnswer(refusal ?? 'content');
  return data;
}

/** Looked at later; what is unpaid has not all of it. */
const STATED = z.unknown().optional();

const tradeSchema = z.object({
  appid: STATED,
  mchid: STATED,
  out_trade_no: STATED,
  transaction_id: STATED,
  trade_state: z.string(),
  success_time: STATED,
  amount: z.object({ total: STATED, currency: STATED }).optional(),
});

type Trade = z.output<typeof tradeSchema>;

async function query(client: WechatClient, settings: WechatPaySettings, outTradeNo: string): Promise<ChannelStatus> {
  const path = `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${encodeURIComponent(settings.merchantId)}`;
  const { refusal, body } = await client.call('GET', path);
  if (refusal === 'ORDER_NOT_EXIST' || refusal === 'ORDERNOTEXIST') return { state: 'unpaid' };
  const { data } = tradeSchema.safeParse(body);
  if (refusal || !data) throw noAnswer(refusal ?? 'content');
  if (!isOurs(data, settings) || data.out_trade_no !== outTradeNo) throw noAnswer('another payment');
  if (data.trade_state === 'SUCCESS') return { state: 'paid', ...statedIn(data) };
  return { state: ['NOTPAY', 'USERPAYING', 'ACCEPT'].includes(data.trade_state) ? 'unpaid' : 'closed' };
}

const isOurs = ({ appid, mchid }: Trade, { appId, merchantId }: WechatPaySettings) =>
  appid === appId && mchid === merchantId;

/** An amount in another currency is none. */
function statedIn({ out_trade_no: outTradeNo, transaction_id: tradeNo, success_time: paidAt, amount }: Trade) {
  const amountFen = amount?.currency === CURRENCY ? amount.total : undefined;
  return { outTradeNo, tradeNo, paidAt, amountFen } satisfies StatedPayment;
}

const noticeSchema = z.object({ event_type: z.string(), resource: z.unknown() });

/** Its signature has been verified. */
function noticeIn(content: unknown, settings: WechatPaySettings): Notice {
  const notice = noticeSchema.safeParse(content).data;
  const malformed = { kind: 'payment', payment: {} } as const;
  if (!notice) return malformed;
  if (!notice.event_type.startsWith('TRANSACTION.')) return { kind: 'not-a-payment' };
  const resource = decrypted(notice.resource, settings.apiKey);
  const { data } = tradeSchema.safeParse(resource === undefined ? undefined : parseJson(resource));
  if (!data) return malformed;
  if (!isOurs(data, settings)) return { kind: 'not-ours' };
  return data.trade_state === 'SUCCESS' ? { kind: 'payment', payment: statedIn(data) } : { kind: 'not-a-payment' };
}

const refundSchema = z.object({ status: z.string(), amount: z.object({ refund: z.int() }) });

/** Looked for first, so that a refund whose answer was lost is not asked for in another way. */
async function giveBack(
  client: WechatClient,
  { outTradeNo, refundNo, amountFen, paidFen }: ChannelRefund,
): Promise<'done' | 'pending' | 'refused'> {
  const found = await client.call('GET', `/v3/refund/domestic/refunds/${refundNo}`);
  const isNew = found.refusal === 'RESOURCE_NOT_EXISTS';
  const { refusal, body } = isNew
    ? await client.call('POST', '/v3/refund/domestic/refunds', {
        out_trade_no: outTradeNo,
        out_refund_no: refundNo,
        amount: { refund: amountFen, total: paidFen, currency: CURRENCY },
      })
    : found;
  if (refusal) return 'refused';
  const { data } = refundSchema.safeParse(body);
  if (!data) throw noAnswer('content');
  if (data.amount.refund !== amountFen) return 'refused';
  if (data.status === 'PROCESSING') return 'pending';
  return data.status === 'SUCCESS' ? 'done' : 'refused';
}
