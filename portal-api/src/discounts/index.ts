// SPDX-License-Identifier: Apache-2.0
export { discountApi, quoteApi } from './discounts.api.ts';
export { type OrderDiscount, orderDiscountSchema, type Quote } from './discounts.schema.ts';
export { orderDiscount, quotedDiscount, WITH_DISCOUNT } from './discounts.store.ts';
export { openDiscounts } from './open-discounts.ts';
export { agreedDiscount, type Quotes } from './quotes.ts';
