// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { notificationEndpoints, paymentEndpoints, priceEndpoint } from './payments.routes.ts';
import { createPayments, type PaymentParts } from './payments.ts';
import { createSandbox } from './sandbox/sandbox.ts';

type PaymentPlatform = Pick<Platform, 'config' | 'db' | 'vault' | 'logger' | 'publicUrl' | 'ownUrl' | 'crash'>;

export function openPayments(
  platform: PaymentPlatform,
  { orders, priceFen }: Pick<PaymentParts, 'orders' | 'priceFen'>,
): Domain {
  const { config, db, vault, logger, publicUrl, ownUrl, crash } = platform;
  const sandbox = createSandbox({
    folder: path.join(config.dataFolder, 'sandbox-payments'),
    key: vault.derive('sandbox payments'),
    publicUrl,
    notifyUrl: () => `${ownUrl()}/api/v1/payments/notifications/sandbox`,
  });
  const channels = { sandbox: sandbox.channel };
  const payments = createPayments({ db, channels, orders, priceFen, logger, onPaid: () => crash('payment') });
  return {
    openEndpoints: [priceEndpoint({ db, priceFen }), ...notificationEndpoints({ payments }), ...sandbox.endpoints],
    endpoints: paymentEndpoints({ db, payments }),
    pages: [sandbox.pages],
    topics: payments.topics,
    sweeps: { 'expire-payments': (now) => payments.expire(now) },
  };
}
