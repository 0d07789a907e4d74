// SPDX-License-Identifier: Apache-2.0
import type { Db } from '../db/database.ts';
import type { Domain } from '../domain.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import type { StatementOf } from './channel.ts';
import { invoiceEndpoints } from './invoices/invoices.routes.ts';
import { storedInvoices } from './invoices/invoices.ts';
import { FINANCE } from './offline/bookings.api.ts';
import { offlineEndpoints } from './offline/bookings.routes.ts';
import { waitingOffline } from './offline/bookings.view.ts';
import { storedBookings, storedVouchers } from './offline/vouchers.ts';
import { type ChannelPlatform, openChannels } from './open-channels.ts';
import { paymentSlip, type SlipParts } from './payment-slip.ts';
import {
  bankAccountEndpoint,
  channelsEndpoint,
  jointPaymentEndpoints,
  notificationEndpoints,
  type PaymentRouteParts,
  type Prices,
  paymentEndpoints,
  priceEndpoint,
} from './payments.routes.ts';
import type { BankAccount } from './payments.schema.ts';
import { createPayments, type PaymentParts } from './payments.ts';

export interface PaymentDomain extends Domain {
  statementOf: StatementOf;
}

interface PaymentNeeds extends ApplicantSources, Pick<PaymentParts, 'orders'>, Pick<SlipParts, 'operator'> {
  prices(at: Db): Promise<Prices>;
  bankAccount(): Promise<BankAccount>;
}

type PaymentPlatform = Pick<Platform, 'db' | 'logger' | 'crash'> & ChannelPlatform;

export function openPayments(
  platform: PaymentPlatform,
  { orders, prices, bankAccount, operator, ...sources }: PaymentNeeds,
): PaymentDomain {
  const { db, vault, logger, crash } = platform;
  const { channels, endpoints: channelEndpoints, pages } = openChannels(platform);
  const { person } = applicantsOf(sources);
  const slip: PaymentRouteParts['slip'] = (owner, order) => paymentSlip({ db, orders, person, operator }, owner, order);
  const priceFen = async (at: Db) => (await prices(at)).attestationFen;
  const payments = createPayments({ db, channels, orders, priceFen, logger, onPaid: () => crash('payment') });
  return {
    openEndpoints: [
      priceEndpoint({ db, prices }),
      channelsEndpoint(channels),
      ...notificationEndpoints({ payments }),
      ...channelEndpoints,
    ],
    endpoints: [
      ...paymentEndpoints({ db, orders, payments, slip }),
      ...jointPaymentEndpoints({ payments }),
      bankAccountEndpoint(bankAccount),
      ...offlineEndpoints({ db, vault, orders, priceFen }),
      ...invoiceEndpoints({ db, vault, orders }),
    ],
    queues: [{ name: 'offline-payments', roles: FINANCE, look: () => waitingOffline(db.prisma) }],
    stored: [storedVouchers(db, vault), storedBookings(db, vault), storedInvoices(db, vault)],
    pages,
    topics: payments.topics,
    // What was noted for a channel that this process lacks, nobody confirms.
    statementOf: async (channel, day) => channels[channel]?.dailyStatement(day) ?? [],
    sweeps: { 'expire-payments': (now) => payments.expire(now) },
  };
}
