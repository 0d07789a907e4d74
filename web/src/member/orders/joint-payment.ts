// SPDX-License-Identifier: Apache-2.0
// One payment for several orders: begun from a list, and what pages say of it.
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import type { JointText } from './joint-text.ts';
import type { PayWay } from './pay-way.tsx';

type Schemas = components['schemas'];
export type JointPayment = Schemas['JointPayment'];
type Orders = Schemas['JointPaymentRequest']['orders'];

/** The code that is live for exactly these orders, or another. */
export function beginJointPayment(orders: Orders, way: PayWay, isRenewal = false): Promise<JointPayment> {
  return call('post', '/joint-payments', { body: { ...way, orders, renew: isRenewal } });
}

export function jointWords(
  { orders, amountFen }: NonNullable<Schemas['Payment']['joint']>,
  { part }: JointText,
): string {
  return fill(part, { count: orders, amount: formatFen(amountFen) });
}
