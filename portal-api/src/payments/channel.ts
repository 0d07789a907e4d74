// SPDX-License-Identifier: Apache-2.0
// What a payment provider is to us. The shape carries providers that sign a form (Alipay), sign headers over JSON
// (WeChat Pay), and expect an acknowledgement in their own form.
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { code } from '../http/validation.ts';

export const CHANNEL_NAMES = ['sandbox', 'alipay', 'wechat'] as const;

export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** 对公转账 and 窗口现金: no provider knows of it. */
export const OFFLINE_WAYS = ['transfer', 'cash'] as const;

export type OfflineWay = (typeof OFFLINE_WAYS)[number];

/** How money came. */
export const PAYMENT_WAYS = [...CHANNEL_NAMES, ...OFFLINE_WAYS] as const;

export type PaymentWay = (typeof PAYMENT_WAYS)[number];

/** The provider that is asked about it; undefined for money that came offline. */
export const providerOf = (way: PaymentWay): ChannelName | undefined => CHANNEL_NAMES.find((each) => each === way);

export interface PaymentChannel {
  /** Makes the order at the provider; asked again for the same number, it is the same order. */
  create(order: ChannelOrder): Promise<{ codeUrl: string | null; payUrl: string | null }>;
  query(outTradeNo: string): Promise<ChannelStatus>;
  /**
   * After it, nobody can pay, unless it is `not-begun`: some providers know of a payment only once its payer has begun, and that is
   * possible until it expires. Closing twice, or what was paid, is not an error.
   */
  close(outTradeNo: string): Promise<'closed' | 'not-begun'>;
  /** Gives all or a part back; asked again with the same number of a refund, it is the same refund. */
  refund(refund: ChannelRefund): Promise<'done' | 'pending' | 'refused'>;
  /** What was paid and given back on the day in China, also when nobody told us. Throws `statement-not-ready`. */
  dailyStatement(day: string): Promise<StatementLine[]>;
  /** Undefined when it is not the provider's. */
  readNotification(raw: Buffer, headers: IncomingHttpHeaders): Promise<Notice | undefined>;
  /** What the provider wants to hear; otherwise it notifies again. */
  acknowledgement: { type: string; body: string };
}

export interface ChannelOrder {
  outTradeNo: string;
  amountFen: number;
  /** Of what is paid for. Providers outside are not told: works may be unpublished. */
  subject: string;
  expiresAt: Date;
  /** The payer has the telephone in their hand that pays: a code to scan is of no use there. */
  onPhone: boolean;
  payerAddress: string;
}

/** What payers read in the app of a provider outside. */
export const PAYER_SUBJECT = '版权服务费';

/** Genuine: what it states about a payment, not checked yet; or something else that the provider tells; or about another merchant. */
export type Notice = { kind: 'payment'; payment: StatedPayment } | { kind: 'not-a-payment' | 'not-ours' };

/** Those that this process has. */
export type Channels = Readonly<Partial<Record<ChannelName, PaymentChannel>>>;

/** Throws `payment-channel-off`. */
export function channelIn(channels: Channels, name: ChannelName): PaymentChannel {
  const channel = channels[name];
  if (!channel) throw new DomainError('payment-channel-off', { channel: name });
  return channel;
}

export interface ChannelRefund {
  /** Of the payment. */
  outTradeNo: string;
  refundNo: string;
  amountFen: number;
  /** Of the whole payment: providers ask for it. */
  paidFen: number;
}

export const STATEMENT_KINDS = ['PAYMENT', 'REFUND'] as const;

export interface StatementLine {
  kind: (typeof STATEMENT_KINDS)[number];
  outTradeNo: string;
  /** Of a refund alone. */
  refundNo: string | null;
  amountFen: number;
}

export type StatementOf = (channel: ChannelName, day: string) => Promise<StatementLine[]>;

/** Nothing of ours is older. */
const EARLIEST_PAYMENT = new Date('2020-01-01T00:00:00Z');
/** How far a provider's clock may be ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** PostgreSQL's int4, which holds amounts. */
const MAX_AMOUNT_FEN = 2_147_483_647;

/** What a provider states must fit in this, also when its signature is right: it goes into the database. */
export const channelPaymentSchema = z.object({
  outTradeNo: z.string().regex(/^[0-9A-Za-z_-]{6,64}$/),
  amountFen: z.int().min(1).max(MAX_AMOUNT_FEN),
  /** The provider's own number. */
  tradeNo: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  paidAt: z
    .union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))])
    .refine((at) => at >= EARLIEST_PAYMENT && at.getTime() <= Date.now() + CLOCK_TOLERANCE_MS, code('out-of-range')),
});

export type ChannelPayment = z.output<typeof channelPaymentSchema>;

export type StatedPayment = { [Field in keyof ChannelPayment]?: unknown };

export type ChannelStatus = { state: 'unpaid' } | { state: 'closed' } | ({ state: 'paid' } & StatedPayment);
