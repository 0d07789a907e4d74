// SPDX-License-Identifier: Apache-2.0
// The sandbox as a channel, and its own side: the page where a visitor "pays", and the notification that follows.
import { parseJson } from '@inkseal/service-kit';
import { z } from 'zod';
import { dayInChina } from '../../china-time.ts';
import { DomainError } from '../../errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { ChannelPayment, ChannelRefund, PaymentChannel, StatementLine } from '../channel.ts';
import { sandboxPages } from './page.ts';
import { createSandboxProvider, newTradeNo, type SandboxOrder, type SandboxProvider } from './provider.ts';
import { sandboxApi } from './sandbox.api.ts';

const SIGNATURE_HEADER = 'x-sandbox-signature';
const NOTIFY_TIMEOUT_MS = 10_000;

export interface SandboxOptions {
  folder: string;
  key: Buffer;
  /** Where payers reach the page. */
  publicUrl: () => string;
  /** Where the notifications go. */
  notifyUrl: () => string;
}

export function createSandbox({ folder, key, publicUrl, notifyUrl }: SandboxOptions) {
  const provider = createSandboxProvider({ folder, key });
  const confirm = (outTradeNo: string) => confirmPayment(provider, notifyUrl(), outTradeNo);
  return {
    channel: channelOf(provider, (outTradeNo) => `${publicUrl()}/sandbox/pay/${outTradeNo}`),
    endpoints: [confirmationEndpoint(confirm)],
    pages: sandboxPages({ find: provider.find, confirm }),
  };
}

function channelOf(provider: SandboxProvider, pageUrl: (outTradeNo: string) => string): PaymentChannel {
  return {
    async create({ outTradeNo, amountFen, subject, expiresAt }) {
      await provider.make({ outTradeNo, amountFen, subject, expiresAt: expiresAt.toISOString() });
      return { codeUrl: pageUrl(outTradeNo), payUrl: pageUrl(outTradeNo) };
    },
    async query(outTradeNo) {
      const order = await provider.find(outTradeNo);
      const payment = order && paymentOf(order);
      if (payment) return { state: 'paid', ...payment };
      return { state: order?.state === 'closed' ? 'closed' : 'unpaid' };
    },
    async close(outTradeNo) {
      await provider.change(outTradeNo, ({ state }) => (state === 'open' ? { state: 'closed' } : {}));
      return 'closed';
    },
    async refund({ outTradeNo, ...refund }) {
      const order = await provider.change(outTradeNo, (found) => refunded(found, refund));
      const isDone = order?.refunds.some(
        (each) => each.refundNo === refund.refundNo && each.amountFen === refund.amountFen,
      );
      return isDone ? 'done' : 'refused';
    },
    dailyStatement: async (day) => (await provider.all()).flatMap((order) => linesOf(order, day)),
    async readNotification(raw, headers) {
      const signature = headers[SIGNATURE_HEADER];
      if (typeof signature !== 'string' || !provider.isGenuine(raw, signature)) return undefined;
      const payment = notificationSchema.safeParse(parseJson(raw.toString('utf8'))).data ?? {};
      return { kind: 'payment', payment };
    },
    acknowledgement: { type: 'text/plain', body: 'success' },
  };
}

/** Nothing changes for a refund that was made, and for more than is left. */
function refunded(
  { state, amountFen, refunds }: SandboxOrder,
  refund: Pick<ChannelRefund, 'refundNo' | 'amountFen' | 'paidFen'>,
): Partial<SandboxOrder> {
  const leftFen = amountFen - refunds.reduce((sum, each) => sum + each.amountFen, 0);
  const isAgain = refunds.some(({ refundNo }) => refundNo === refund.refundNo);
  if (isAgain || state !== 'paid' || refund.paidFen !== amountFen || refund.amountFen > leftFen) return {};
  const made = { refundNo: refund.refundNo, amountFen: refund.amountFen, at: new Date().toISOString() };
  return { refunds: [...refunds, made], ...(refund.amountFen === leftFen && { state: 'refunded' }) };
}

function linesOf({ outTradeNo, amountFen, paidAt, refunds }: SandboxOrder, day: string): StatementLine[] {
  const isOn = (at: string | null) => at !== null && dayInChina(new Date(at)) === day;
  return [
    ...(isOn(paidAt) ? [{ kind: 'PAYMENT' as const, outTradeNo, refundNo: null, amountFen }] : []),
    ...refunds
      .filter(({ at }) => isOn(at))
      .map((refund) => ({
        kind: 'REFUND' as const,
        outTradeNo,
        refundNo: refund.refundNo,
        amountFen: refund.amountFen,
      })),
  ];
}

const notificationSchema = z.object({
  outTradeNo: z.unknown(),
  amountFen: z.unknown(),
  tradeNo: z.unknown(),
  paidAt: z.unknown(),
});

/** Undefined: there is no such order, or nobody can pay it any more. */
async function confirmPayment(
  provider: SandboxProvider,
  notifyUrl: string,
  outTradeNo: string,
): Promise<SandboxOrder | undefined> {
  const order = await provider.change(outTradeNo, ({ state, expiresAt }) => {
    if (state !== 'open' || new Date(expiresAt) < new Date()) return {};
    return { state: 'paid', tradeNo: newTradeNo(), paidAt: new Date().toISOString() };
  });
  const payment = order && paymentOf(order);
  if (!payment) return undefined;
  const body = JSON.stringify({ ...payment, paidAt: payment.paidAt.toISOString() });
  const answer = await fetch(notifyUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [SIGNATURE_HEADER]: provider.sign(body) },
    body,
    signal: AbortSignal.timeout(NOTIFY_TIMEOUT_MS),
  }).catch((cause) => {
    throw new DomainError('payment-unavailable', {}, { cause });
  });
  await answer.body?.cancel();
  // The provider has the money anyway: the merchant asks before closing the payment.
  if (!answer.ok) throw new DomainError('payment-unavailable', { status: answer.status });
  return order;
}

function paymentOf({ state, outTradeNo, amountFen, tradeNo, paidAt }: SandboxOrder): ChannelPayment | undefined {
  if (state !== 'paid' || tradeNo === null || paidAt === null) return undefined;
  return { outTradeNo, amountFen, tradeNo, paidAt: new Date(paidAt) };
}

function confirmationEndpoint(confirm: (outTradeNo: string) => Promise<SandboxOrder | undefined>): Endpoint {
  return endpoint(sandboxApi.confirm, async ({ params: { outTradeNo } }) => {
    if (!(await confirm(outTradeNo))) throw new DomainError('payment-not-found');
    return undefined;
  });
}
