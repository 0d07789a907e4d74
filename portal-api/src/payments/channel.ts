// SPDX-License-Identifier: Apache-2.0
// What a payment provider is to us. The shape carries providers that sign a form (Alipay), sign headers over JSON
// (WeChat Pay), and expect an acknowledgement in a form of their own.
import type { IncomingHttpHeaders } from 'node:http';

export const CHANNEL_NAMES = ['sandbox'] as const;

export type ChannelName = (typeof CHANNEL_NAMES)[number];

export interface PaymentChannel {
  /** Makes the order at the provider; asked again for the same number, it is the same order. */
  create(order: ChannelOrder): Promise<{ codeUrl: string; payUrl: string }>;
  query(outTradeNo: string): Promise<ChannelStatus>;
  /** After it, nobody can pay; closing twice, or what was never made, is no error. */
  close(outTradeNo: string): Promise<void>;
  /** Gives everything back; asked again for the same order, it is the same refund. */
  refund(order: { outTradeNo: string; amountFen: number }): Promise<'done' | 'pending' | 'refused'>;
  /** What a notification says, or undefined when it is not the provider's. */
  readNotification(raw: Buffer, headers: IncomingHttpHeaders): ChannelPayment | undefined;
  /** What the provider wants to hear; otherwise it notifies again. */
  acknowledgement: { type: string; body: string };
}

export interface ChannelOrder {
  outTradeNo: string;
  amountFen: number;
  /** A line that the payer sees. */
  subject: string;
  expiresAt: Date;
}

export interface ChannelPayment {
  outTradeNo: string;
  amountFen: number;
  /** The provider's own number. */
  tradeNo: string;
  paidAt: Date;
}

export type ChannelStatus = { state: 'unpaid' } | { state: 'closed' } | ({ state: 'paid' } & ChannelPayment);
