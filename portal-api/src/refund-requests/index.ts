// SPDX-License-Identifier: Apache-2.0
export { openRefundRequests } from './open-refund-requests.ts';
export { holdingOrder, openRequestOf, withdrawRequest } from './refund-request.ts';
export { refundRequestApis, staffRefundRequestApi } from './refund-requests.api.ts';
export type { RefundableOrders } from './refundable-orders.ts';
