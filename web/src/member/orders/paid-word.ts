// SPDX-License-Identifier: Apache-2.0
import type { AttestationSummary } from '../../api/attestations.ts';
import type { RegistrationSummary } from '../../api/registrations.ts';
import type { AttestationText } from '../../orders/i18n.ts';

type Paid =
  | Pick<AttestationSummary, 'state' | 'refund' | 'isPaid'>
  | Pick<RegistrationSummary, 'state' | 'refund' | 'isPaid'>;

/** 支付: nothing for a draft, and what became of the money when it goes back. */
export function paidWordOf({ state, refund, isPaid }: Paid, text: AttestationText): string {
  if (state === 'DRAFT') return '';
  if (refund) return text.refunds[refund];
  return isPaid ? text.paid : text.unpaid;
}
