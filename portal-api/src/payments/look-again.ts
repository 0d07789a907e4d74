// SPDX-License-Identifier: Apache-2.0
// Notifications get lost. While somebody waits on the page of a payment, its provider is asked too, a few times a minute.
import type { Logger } from 'pino';
import { type Channels, providerOf } from './channel.ts';
import type { PaymentView } from './payments.schema.ts';
import type { Outcome, SettleRequest } from './settle.ts';

const EVERY_MS = 4_000;

/** Of one order, or of several. */
export type WaitingPayment = Pick<PaymentView, 'outTradeNo' | 'channel' | 'state' | 'createdAt'>;

interface LookParts {
  channels: Channels;
  settled(request: SettleRequest): Promise<Outcome>;
  logger: Logger;
}

/** Answers at once: what is found shows when the page asks again. */
export function lookAgain({ channels, settled, logger }: LookParts): (payment: WaitingPayment) => void {
  const lookedAt = new Map<string, number>();
  return ({ outTradeNo, channel: way, state, createdAt }) => {
    const name = providerOf(way);
    const channel = name && channels[name];
    if (!channel || state !== 'WAITING') return;
    const now = Date.now();
    for (const [number, at] of lookedAt) if (at <= now - EVERY_MS) lookedAt.delete(number);
    if (lookedAt.has(outTradeNo) || Date.parse(createdAt) > now - EVERY_MS) return;
    lookedAt.set(outTradeNo, now);
    channel
      .query(outTradeNo)
      .then((status) => (status.state === 'paid' ? settled({ channel: name, payment: status }) : undefined))
      .catch((err) => logger.warn({ err, outTradeNo }, 'a payment was not looked up; the page asks again'));
  };
}
