// SPDX-License-Identifier: Apache-2.0
import type { Reason, Review } from '../api/attestations.ts';
import { fill } from '../i18n/fill.ts';
import { useKitText } from '../kit/i18n.ts';
import { formatTime } from '../ui/format.ts';
import { useAttestationText } from './i18n.ts';
import { useLabelOf } from './labels.ts';

type Decision = Pick<Review, 'decision' | 'reasons' | 'deadline'>;

/** What the reviewer asks for, all at once; with `idOf` each reason leads to its field. */
export function ReviewNotice({ review, idOf }: { review: Decision; idOf?: (field: string) => string }) {
  const text = useAttestationText();
  const count = review.reasons.length;
  const headline =
    review.decision === 'REJECT'
      ? fill(text.rejected, { count })
      : review.deadline
        ? fill(text.returned, { count, day: formatTime(review.deadline).slice(0, 10) })
        : fill(text.returnedShort, { count });
  const labelOf = useLabelOf();
  return <ReasonNotice headline={headline} reasons={review.reasons} labelOf={labelOf} {...(idOf && { idOf })} />;
}

interface ReasonNoticeProps {
  headline: string;
  reasons: readonly Reason[];
  labelOf: (field: string) => string;
  idOf?: (field: string) => string;
}

/** Of whatever kind of order. */
export function ReasonNotice({ headline, reasons, ...line }: ReasonNoticeProps) {
  return (
    <div className="notice notice-error" role="note">
      <p>{headline}</p>
      <ol>
        {reasons.map((reason, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of reasons is shown as it is
          <li key={index}>
            <ReasonLine reason={reason} {...line} />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface ReasonLineProps extends Pick<ReasonNoticeProps, 'labelOf' | 'idOf'> {
  reason: Reason;
}

export function ReasonLine({ reason, labelOf, idOf }: ReasonLineProps) {
  const text = useAttestationText();
  const { colon } = useKitText();
  const label = labelOf(reason.field);
  return (
    <>
      {idOf ? <a href={`#${idOf(reason.field)}`}>{label}</a> : label} · {text.reasonCodes[reason.code]}
      {colon}
      {reason.text}
    </>
  );
}

/** The reasons about this field, to stand beside it. */
export function reasonsAt(review: Pick<Review, 'decision' | 'reasons'> | null, field: string): readonly Reason[] {
  const isAbout = (path: string) => path === field || path.startsWith(`${field}.`);
  return review?.decision === 'RETURN' ? review.reasons.filter((reason) => isAbout(reason.field)) : [];
}
