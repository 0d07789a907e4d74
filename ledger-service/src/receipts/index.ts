// SPDX-License-Identifier: Apache-2.0
// The public face of acceptance receipts.

export { readReceiptKeys } from './receipt-key.ts';
export { createReceipts } from './receipts.ts';
