// SPDX-License-Identifier: Apache-2.0
export {
  CHANNEL_NAMES,
  type ChannelName,
  OFFLINE_WAYS,
  PAYMENT_WAYS,
  type PaymentChannel,
  STATEMENT_KINDS,
  type StatementLine,
  type StatementOf,
} from './channel.ts';
export { giveBack } from './give-back.ts';
export { invoiceApis, staffInvoiceApi } from './invoices/invoices.api.ts';
export { invoiceDetailsIn } from './invoices/invoices.ts';
export { payerIn, WAITING_BOOKING } from './offline/booking.ts';
export { offlineApi } from './offline/bookings.api.ts';
export { waitingOffline } from './offline/waiting-offline.ts';
export { openPayments } from './open-payments.ts';
export { numberOf } from './payment.ts';
export { bankAccountApi, jointPaymentApi, openPaymentApi, paymentApis } from './payments.api.ts';
export type { Prices } from './payments.routes.ts';
export {
  jointSchema,
  PAYMENT_STATES,
  type PaymentState,
  paymentSchema,
  REFUND_STATES,
  refundStateOf,
  waitingOfflineSchema,
} from './payments.schema.ts';
export { closeOpenPayment, currentPayment } from './payments.store.ts';
export { sandboxApi } from './sandbox/sandbox.api.ts';
export type { PaidOrders } from './settle.ts';
