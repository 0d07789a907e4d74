// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import type { Review } from '../../api/attestations.ts';
import { reasonsAt } from '../../orders/review-notice.tsx';

/** A form whose order may have been returned. */
export interface ReviewedForm {
  /** Only while the order is returned. */
  review: Pick<Review, 'decision' | 'reasons'> | null;
}

/** A field's hint, and before it what the reviewer said about the field. */
export function hintOf({ review }: ReviewedForm, says: string, field: string, hint?: ReactNode): ReactNode {
  const reasons = reasonsAt(review, field);
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
