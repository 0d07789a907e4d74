// SPDX-License-Identifier: Apache-2.0
// What was decided before, and why.
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import type { reviewZh } from './review-texts.ts';
import './reasons.css';

interface Review<Code extends string> {
  version: number;
  reviewer: string;
  decision: 'APPROVE' | 'REJECT';
  reasons: readonly { field: string; code: Code; text: string }[];
  decidedAt: string;
}

interface ReviewHistoryProps<Code extends string> {
  reviews: readonly Review<Code>[];
  text: Pick<typeof reviewZh, 'noHistory' | 'round' | 'decisions'> & { reasonCodes: Readonly<Record<Code, string>> };
  labelOf: (field: string) => string;
}

export function ReviewHistory<Code extends string>({ reviews, text, labelOf }: ReviewHistoryProps<Code>) {
  const { colon } = useKitText();
  if (reviews.length === 0) return <p className="small">{text.noHistory}</p>;
  return (
    <ul className="review-history">
      {reviews.map(({ version, reviewer, decision, reasons, decidedAt }) => (
        <li key={`${version} ${reviewer}`}>
          {formatTime(decidedAt)} · {fill(text.round, { version })} · {reviewer} · {text.decisions[decision]}
          {reasons.length > 0 && (
            <ul>
              {reasons.map((reason) => (
                <li key={reason.field + reason.text}>
                  {labelOf(reason.field)} · {text.reasonCodes[reason.code]}
                  {colon}
                  {reason.text}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
