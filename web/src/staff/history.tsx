// SPDX-License-Identifier: Apache-2.0
import type { StaffAttestation } from '../api/staff.ts';
import { fill } from '../i18n/fill.ts';
import { formatTime } from '../ui/format.ts';
import { useStaffText } from './i18n.ts';

/** Every step and every decision with its time, the earliest first. */
export function History({ order }: { order: StaffAttestation }) {
  const text = useStaffText();
  const { createdAt, submittedAt, paidAt, submission, certifiedAt, reviews } = order;
  const steps: [string, string | null | undefined][] = [
    [text.times.created, createdAt],
    [text.times.submitted, submittedAt],
    [text.times.paid, paidAt],
    [text.times.received, submission?.receivedAt],
    [text.times.certified, certifiedAt],
    ...reviews.map(({ decision, round, reasons, decidedAt }): [string, string] => [
      fill(text.decided[decision], { round, count: reasons.length }),
      decidedAt,
    ]),
  ];
  const past = steps.flatMap(([name, at]) => (at ? [{ name, at }] : []));
  return (
    <ol className="timeline">
      {past
        .sort((one, other) => one.at.localeCompare(other.at))
        .map(({ name, at }) => (
          <li key={`${at} ${name}`}>
            <time dateTime={at}>{formatTime(at)}</time>
            <span>{name}</span>
          </li>
        ))}
    </ol>
  );
}
