// SPDX-License-Identifier: Apache-2.0
import type { Attestation } from '../api/attestations.ts';
import { fill } from '../i18n/fill.ts';
import { formatTime } from '../ui/format.ts';
import { useAttestationText } from './i18n.ts';
import { ReasonLine } from './review-notice.tsx';

type HistoryStep = Attestation['history'][number];

/** Every step of every round with who took it, when and why, the earliest first; staff sees which reviewer. */
export function Timeline({ history }: { history: readonly HistoryStep[] }) {
  return (
    <ol className="timeline">
      {history.map((entry) => (
        <li key={`${entry.at} ${entry.step} ${entry.round}`}>
          <time dateTime={entry.at}>{formatTime(entry.at)}</time>
          <div>
            <StepName entry={entry} />
            {entry.reasons.length > 0 && (
              <ol className="timeline-reasons">
                {entry.reasons.map((reason, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: reasons of a past round never change their places
                  <li key={index}>
                    <ReasonLine reason={reason} />
                  </li>
                ))}
              </ol>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepName({ entry: { step, round, reviewer } }: { entry: HistoryStep }) {
  const text = useAttestationText();
  return (
    <span>
      {text.history[step]}
      {round !== null && ` · ${fill(text.roundOf, { round })}`}
      <span className="small"> {fill(text.historyBy[step], { reviewer: reviewer ?? '' }).trim()}</span>
    </span>
  );
}
