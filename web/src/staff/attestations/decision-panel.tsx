// SPDX-License-Identifier: Apache-2.0
// The decision on one round. Nothing is preselected, and what cannot be undone needs a confirmation.
import { Button, Radio } from 'antd';
import { useState } from 'react';
import type { Decision, StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { ReviewNotice } from '../../orders/review-notice.tsx';
import { EMPTY_REASON, isComplete } from '../reasons/reasons.ts';
import { useMayReview } from '../reviewing.ts';
import { useStaffText } from './i18n.ts';
import { ReasonItems } from './reason-items.tsx';
import { useDecision } from './use-decision.ts';

const DECISIONS: readonly Decision[] = ['APPROVE', 'RETURN', 'REJECT'];

export function DecisionPanel({ order, onConflict }: { order: StaffAttestation; onConflict: () => unknown }) {
  const text = useStaffText();
  const hindrance = useHindrance(order);
  const form = useDecision(order, onConflict);
  const { decision, reasons } = form.values;
  const choose = (next: Decision) =>
    form.change({ decision: next, reasons: next !== 'APPROVE' && reasons.length === 0 ? [EMPTY_REASON] : reasons });
  return (
    <>
      <h2>{text.decision}</h2>
      {hindrance && <p className="notice">{hindrance}</p>}
      <Radio.Group
        className="decision-kinds"
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        disabled={hindrance !== undefined}
        value={decision}
        options={DECISIONS.map((value) => ({ value, label: text.decisions[value] }))}
        onChange={({ target }) => choose(target.value)}
      />
      <ErrorList {...form.faults} />
      {decision === null ? (
        !hindrance && <p className="small">{text.chooseFirst}</p>
      ) : (
        <Chosen {...{ order, form, decision }} isDisabled={hindrance !== undefined} />
      )}
    </>
  );
}

/** Why nobody, or not this reviewer, can decide now. */
function useHindrance({ isOwn, state }: StaffAttestation): string | undefined {
  const text = useStaffText();
  const { states } = useAttestationText();
  const mayReview = useMayReview();
  if (!mayReview) return text.onlyLooks;
  if (isOwn) return text.ownCase;
  return state === 'UNDER_REVIEW' ? undefined : fill(text.notWaiting, { state: states[state] });
}

interface ChosenProps {
  order: StaffAttestation;
  form: ReturnType<typeof useDecision>;
  decision: Decision;
  isDisabled: boolean;
}

function Chosen({ order, form, decision, isDisabled }: ChosenProps) {
  const text = useStaffText();
  const [isAsked, setAsked] = useState(false);
  const { reasons } = form.values;
  const count = reasons.length;
  const told = decision === 'APPROVE' ? '' : fill(text.willSeeCount, { count });
  return (
    <>
      <p className="small">{text.effects[decision]}</p>
      {decision !== 'APPROVE' && (
        <>
          <ReasonItems {...{ order, reasons, isDisabled }} faults={form.faults} onChange={form.edit} />
          {reasons.some(isComplete) && (
            <>
              <h3>{text.willSee}</h3>
              <ReviewNotice review={{ decision, reasons: reasons.filter(isComplete), deadline: null }} />
            </>
          )}
        </>
      )}
      <Button
        type="primary"
        size="large"
        block
        disabled={isDisabled}
        loading={form.decide.isPending}
        onClick={() => setAsked(form.isReady())}
      >
        {fill(text.buttons[decision], { count })}
      </Button>
      <p className="small">
        {text.once} {text.kept}
      </p>
      <Confirm
        isOpen={isAsked}
        title={fill(text.ask[decision], { title: order.form.title })}
        lead={`${text.effects[decision]}${told}`}
        yes={text.yes[decision]}
        no={text.no}
        // What is wrong is shown at the form, behind the question.
        action={{ ...form.decide, mutate: () => form.decide.mutate(decision, { onSettled: () => setAsked(false) }) }}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
