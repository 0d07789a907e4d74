// SPDX-License-Identifier: Apache-2.0
import type { Registration } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { useAmountWords } from '../../orders/price-words.ts';
import { useMyRegistrationText } from './i18n.ts';

/** What it costs to submit, and when nothing, why. */
export function usePriceWords({ state, fee }: Registration): string {
  const text = useMyRegistrationText();
  const amountWords = useAmountWords();
  if (state !== 'DRAFT') return text.noSecondPayment;
  if (fee.priceFen > 0 || fee.discount) return fill(text.price, { amount: amountWords(fee.priceFen, fee.discount) });
  return fee.waivedBy === null ? text.freeNow : text.freeByAttestation;
}
