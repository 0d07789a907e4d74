// SPDX-License-Identifier: Apache-2.0
import type { Attestation, Reason } from '../api/attestations.ts';
import type { Registration } from '../api/registrations.ts';
import { fill } from '../i18n/fill.ts';
import { formatTime } from '../ui/format.ts';
import { useAttestationText } from './i18n.ts';
import { useLabelOf } from './labels.ts';
import { useRegistrationLabelOf, useRegistrationNames } from './registration-labels.ts';
import { ReasonLine } from './review-notice.tsx';

/** Every step of every round with who took it, when and why, the earliest first; staff sees which reviewer. */
export function Timeline({ history }: { history: Attestation['history'] }) {
  const text = useAttestationText();
  const labelOf = useLabelOf();
  const wordsOf = ({ step, reviewer, filedBy }: Attestation['history'][number]) => [
    text.history[step],
    filedBy ? fill(text.filedBy, { filedBy }) : fill(text.historyBy[step], { reviewer: reviewer ?? '' }).trim(),
  ];
  return <Steps {...{ history, wordsOf, labelOf }} />;
}

/** The same of a registration; a review says which of the two it was. */
export function RegistrationTimeline({ history, form }: Pick<Registration, 'history' | 'form'>) {
  const names = useRegistrationNames();
  const { filedBy: byCounter } = useAttestationText();
  const labelOf = useRegistrationLabelOf(form.documents);
  const wordsOf = ({ step, level, reviewer, filedBy }: Registration['history'][number]) => {
    const places = { level: level ? names.levels[level] : '', reviewer: reviewer ?? '' };
    const by = filedBy ? fill(byCounter, { filedBy }) : fill(names.historyBy[step], places).trim();
    return [fill(names.history[step], places).trim(), by];
  };
  return <Steps {...{ history, wordsOf, labelOf }} />;
}

interface Step {
  at: string;
  step: string;
  round: number | null;
  reasons: readonly Reason[];
}

interface StepsProps<S extends Step> {
  history: readonly S[];
  /** What was done, and by whom. */
  wordsOf: (entry: S) => string[];
  labelOf: (field: string) => string;
}

function Steps<S extends Step>({ history, wordsOf, labelOf }: StepsProps<S>) {
  const text = useAttestationText();
  return (
    <ol className="timeline">
      {history.map((entry) => {
        const [name, by] = wordsOf(entry);
        return (
          <li key={`${entry.at} ${entry.step} ${entry.round}`}>
            <time dateTime={entry.at}>{formatTime(entry.at)}</time>
            <div>
              <span>
                {name}
                {entry.round !== null && ` · ${fill(text.roundOf, { round: entry.round })}`}
                <span className="small"> {by}</span>
              </span>
              <Reasons reasons={entry.reasons} labelOf={labelOf} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Reasons({ reasons, labelOf }: Pick<Step, 'reasons'> & Pick<StepsProps<Step>, 'labelOf'>) {
  if (reasons.length === 0) return null;
  return (
    <ol className="timeline-reasons">
      {reasons.map((reason, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: reasons of a past round never change their places
        <li key={index}>
          <ReasonLine reason={reason} labelOf={labelOf} />
        </li>
      ))}
    </ol>
  );
}
