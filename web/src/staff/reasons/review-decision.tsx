// SPDX-License-Identifier: Apache-2.0
// The decision on one version of what a member states. Nothing is chosen beforehand, and the chosen one is asked once more.
import { useMutation } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { useMayReview } from '../reviewing.ts';
import { ReasonList } from './reason-list.tsx';
import {
  type DraftOf,
  EMPTY_REASON,
  isComplete,
  missingIn,
  type Reason,
  type ReasonTexts,
  useReasonFaults,
} from './reasons.ts';

export type Verdict = 'APPROVE' | 'REJECT';

type ByVerdict = Readonly<Record<Verdict, string>>;

interface DecisionTexts extends ReasonTexts {
  decisions: ByVerdict;
  chooseFirst: string;
  effects: ByVerdict;
  needsTwo: string;
  once: string;
  buttons: ByVerdict;
  ask: ByVerdict;
  yes: ByVerdict;
  no: string;
  reasonCodes: Readonly<Record<string, string>>;
  onlyLooks: string;
  notWaiting: string;
  states: Readonly<Record<string, string>>;
  ownCase: string;
  takenByOther: string;
}

interface Reviewed {
  name: string;
  version: number;
  needsTwo: boolean;
  state: string;
  isOwn: boolean;
  takenBy: string | null;
  isTakenByMe: boolean;
}

interface DecisionProps<R extends Reason> {
  record: Reviewed;
  text: DecisionTexts;
  fields: { value: string; label: string }[];
  send: (decision: Verdict, reasons: R[]) => Promise<unknown>;
  onDone: (decision: Verdict) => unknown;
  onConflict: () => unknown;
}

export function ReviewDecision<R extends Reason>(props: DecisionProps<R>) {
  const { record, text, fields, send, onDone, onConflict } = props;
  const hindrance = useHindrance(record, text);
  const [decision, setDecision] = useState<Verdict>();
  const [reasons, setReasons] = useState<readonly DraftOf<R>[]>([EMPTY_REASON]);
  const [isAsked, setAsked] = useState(false);
  const faults = useReasonFaults(text);
  const decide = useMutation({
    mutationFn: (chosen: Verdict) => send(chosen, chosen === 'REJECT' ? completeOf<R>(reasons) : []),
    onSuccess: (_, chosen) => onDone(chosen),
    onError: (error) => {
      setAsked(false);
      faults.fail(error);
      if (toApiError(error).code === 'review-conflict') void onConflict();
    },
  });
  if (hindrance) return <p className="notice">{hindrance}</p>;
  const { name, version, needsTwo } = record;
  const begin = () => {
    const errors = decision === 'REJECT' ? missingIn(reasons) : [];
    if (errors.length > 0) return faults.fail(new ApiError('invalid-request', { errors }));
    setAsked(true);
  };
  return (
    <div className="stack">
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        value={decision}
        options={(['APPROVE', 'REJECT'] as const).map((value) => ({ value, label: text.decisions[value] }))}
        onChange={({ target }) => {
          setDecision(target.value);
          faults.clear();
        }}
      />
      <ErrorList {...faults} />
      {decision === undefined ? (
        <p className="small">{text.chooseFirst}</p>
      ) : (
        <>
          <p className="small">
            {text.effects[decision]} {needsTwo && decision === 'APPROVE' && text.needsTwo}{' '}
            {fill(text.once, { version })}
          </p>
          {decision === 'REJECT' && (
            <ReasonList
              {...{ reasons, text, faults, fields }}
              as="line"
              codes={optionsOf(text.reasonCodes)}
              onChange={(edit) => {
                setReasons(edit);
                faults.clear();
              }}
            />
          )}
          <Button type="primary" size="large" loading={decide.isPending} onClick={begin}>
            {fill(text.buttons[decision], { count: reasons.length })}
          </Button>
          <Confirm
            isOpen={isAsked}
            title={fill(text.ask[decision], { name })}
            lead={text.effects[decision]}
            yes={text.yes[decision]}
            no={text.no}
            action={{ ...decide, error: null, mutate: () => decide.mutate(decision) }}
            onClose={() => setAsked(false)}
          />
        </>
      )}
    </div>
  );
}

/** Every part of a complete draft is one of the options that it was chosen from. */
function completeOf<R extends Reason>(drafts: readonly DraftOf<R>[]): R[] {
  return drafts.filter((draft) => isComplete(draft)) as unknown as R[];
}

/** Why nobody, or not this reviewer, can decide now. */
function useHindrance(record: Reviewed, text: DecisionTexts): string | undefined {
  const { isOwn, state, takenBy, isTakenByMe } = record;
  const mayReview = useMayReview();
  if (!mayReview) return text.onlyLooks;
  if (state !== 'PENDING') return fill(text.notWaiting, { state: text.states[state] ?? state });
  if (isOwn) return text.ownCase;
  return takenBy !== null && !isTakenByMe ? fill(text.takenByOther, { user: takenBy }) : undefined;
}
