// SPDX-License-Identifier: Apache-2.0
export type { PaymentChannel } from './channel.ts';
export { openPayments } from './open-payments.ts';
export { notificationEndpoints, paymentEndpoints, priceEndpoint } from './payments.routes.ts';
export { paymentSchema } from './payments.schema.ts';
export { closeOpenPayment, currentPayment } from './payments.store.ts';
export { sandboxEndpoints } from './sandbox/sandbox.ts';
export type { PaidOrders } from './settle.ts';
