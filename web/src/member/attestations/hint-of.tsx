// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { reasonsAt } from '../../orders/review-notice.tsx';
import type { AttestFormState } from './use-attest-form.ts';

/** A field's hint, and before it what the reviewer said about the field. */
export function hintOf(form: AttestFormState, says: string, field: string, hint?: ReactNode): ReactNode {
  const reasons = form.attestation.state === 'RETURNED' ? reasonsAt(form.attestation.review, field) : [];
  if (reasons.length === 0) return hint;
  return (
    <>
      {reasons.map((reason) => (
        <span className="reviewer-says" key={reason.text}>
          {says}
          {reason.text}
        </span>
      ))}
      {hint}
    </>
  );
}
