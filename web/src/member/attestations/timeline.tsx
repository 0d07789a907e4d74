// SPDX-License-Identifier: Apache-2.0
import type { Attestation } from '../../api/attestations.ts';
import { formatTime } from '../../ui/format.ts';
import { useAttestationText } from './i18n.ts';

/** Every step with its time, the earliest first. */
export function Timeline({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const { createdAt, submittedAt, paidAt, submission, review, approvedAt, certifiedAt } = attestation;
  const reviewedAt = review && review.decision !== 'APPROVE' ? review.decidedAt : null;
  const steps: [string, string | null | undefined][] = [
    [text.times.created, createdAt],
    [text.times.submitted, submittedAt],
    [text.times.paid, paidAt],
    [text.times.received, submission?.receivedAt],
    [text.times.reviewed, reviewedAt],
    [text.times.approved, approvedAt],
    [text.times.certified, certifiedAt],
  ];
  const past = steps.flatMap(([name, at]) => (at ? [{ name, at }] : []));
  return (
    <ol className="timeline">
      {past
        .sort((one, other) => one.at.localeCompare(other.at))
        .map(({ name, at }) => (
          <li key={name}>
            <time dateTime={at}>{formatTime(at)}</time>
            <span>{name}</span>
          </li>
        ))}
    </ol>
  );
}
