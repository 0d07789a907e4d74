// SPDX-License-Identifier: Apache-2.0
export { CHANNEL_NAMES, type PaymentChannel } from './channel.ts';
export { giveBack } from './give-back.ts';
export { openPayments } from './open-payments.ts';
export { openPaymentApi, paymentApis } from './payments.api.ts';
export type { Prices } from './payments.routes.ts';
export { paymentSchema, REFUND_STATES, refundStateOf } from './payments.schema.ts';
export { closeOpenPayment, currentPayment } from './payments.store.ts';
export { sandboxApi } from './sandbox/sandbox.api.ts';
export type { PaidOrders } from './settle.ts';
