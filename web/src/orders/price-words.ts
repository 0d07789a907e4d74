// SPDX-License-Identifier: Apache-2.0
// What an order costs: the amount to pay, and when a discount lowers it, the price before and by what it is lowered.
import type { components } from '../api/schema.gen.ts';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import { formatFen } from '../kit/money.ts';

type OrderDiscount = components['schemas']['OrderDiscount'];

const zh = { paid: '实付 {amount}（原价 {list}，“{name}”优惠 {off}）', off: '“{name}”优惠 {off}，原价 {list}' };
const en: typeof zh = {
  paid: '{amount} to pay ({list} less {off} by “{name}”)',
  off: '{off} off {list} by “{name}”',
};

const placesOf = ({ listFen, offFen, name }: OrderDiscount) => ({
  list: formatFen(listFen),
  off: formatFen(offFen),
  name,
});

export function useAmountWords(): (amountFen: number, discount: OrderDiscount | null) => string {
  const { paid } = useText({ zh, en });
  return (amountFen, discount) =>
    discount ? fill(paid, { amount: formatFen(amountFen), ...placesOf(discount) }) : formatFen(amountFen);
}

/** Where the amount stands elsewhere. */
export function useDiscountWords(): (discount: OrderDiscount) => string {
  const { off } = useText({ zh, en });
  return (discount) => fill(off, placesOf(discount));
}
