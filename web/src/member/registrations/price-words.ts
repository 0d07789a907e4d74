// SPDX-License-Identifier: Apache-2.0
import type { Registration } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { useMyRegistrationText } from './i18n.ts';

/** What it costs to submit, and when nothing, why. */
export function usePriceWords({ state, fee }: Registration): string {
  const text = useMyRegistrationText();
  if (state !== 'DRAFT') return text.noSecondPayment;
  if (fee.priceFen > 0) return fill(text.price, { amount: formatFen(fee.priceFen) });
  return fee.waivedBy === null ? text.freeNow : text.freeByAttestation;
}
