// SPDX-License-Identifier: Apache-2.0
// The decision on one round. Nothing is preselected, and what cannot be undone needs a confirmation.
import { Button, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Decision, Reason } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf } from '../../orders/kinds.ts';
import { ReasonList } from '../reasons/reason-list.tsx';
import { EMPTY_REASON, isComplete } from '../reasons/reasons.ts';
import { useDeskText } from './i18n.ts';
import type { useDecision } from './use-decision.ts';

const DECISIONS: readonly Decision[] = ['APPROVE', 'RETURN', 'REJECT'];

type ByDecision = Readonly<Record<Decision, string>>;

/** What each decision is called, and what it does. */
export interface DecisionWords {
  decision: string;
  decisions: ByDecision;
  effects: ByDecision;
  /** Before it is sent, with {title}. */
  ask: ByDecision;
  yes: ByDecision;
  /** With {count} of reasons. */
  buttons: ByDecision;
}

interface DecisionPanelProps {
  title: string;
  words: DecisionWords;
  /** Why nobody, or not this reviewer, can decide now. */
  hindrance: string | undefined;
  form: ReturnType<typeof useDecision>;
  /** The fields that a reason may be about. */
  fields: { value: string; label: string }[];
  /** What the applicant will see of these reasons. */
  preview: (decision: Decision, reasons: Reason[]) => ReactNode;
}

export function DecisionPanel(props: DecisionPanelProps) {
  const { words, hindrance, form } = props;
  const text = useDeskText();
  const { decision, reasons } = form.values;
  const choose = (next: Decision) =>
    form.change({ decision: next, reasons: next !== 'APPROVE' && reasons.length === 0 ? [EMPTY_REASON] : reasons });
  return (
    <>
      <h2>{words.decision}</h2>
      {hindrance && <p className="notice">{hindrance}</p>}
      <Radio.Group
        className="decision-kinds"
        optionType="button"
        buttonStyle="solid"
        aria-label={words.decision}
        disabled={hindrance !== undefined}
        value={decision}
        options={DECISIONS.map((value) => ({ value, label: words.decisions[value] }))}
        onChange={({ target }) => choose(target.value)}
      />
      <ErrorList {...form.faults} />
      {decision === null ? (
        !hindrance && <p className="small">{text.chooseFirst}</p>
      ) : (
        <Chosen {...props} decision={decision} />
      )}
    </>
  );
}

function Chosen({
  title,
  words,
  hindrance,
  form,
  decision,
  fields,
  preview,
}: DecisionPanelProps & { decision: Decision }) {
  const text = useDeskText();
  const [isAsked, setAsked] = useState(false);
  const isDisabled = hindrance !== undefined;
  const count = form.values.reasons.length;
  const told = decision === 'APPROVE' ? '' : fill(text.willSeeCount, { count });
  return (
    <>
      <p className="small">{words.effects[decision]}</p>
      {decision !== 'APPROVE' && <Reasons {...{ form, decision, fields, preview, isDisabled }} />}
      <Button
        type="primary"
        size="large"
        block
        disabled={isDisabled}
        loading={form.decide.isPending}
        onClick={() => setAsked(form.isReady())}
      >
        {fill(words.buttons[decision], { count })}
      </Button>
      <p className="small">
        {text.once} {text.kept}
      </p>
      <Confirm
        isOpen={isAsked}
        title={fill(words.ask[decision], { title })}
        lead={`${words.effects[decision]}${told}`}
        yes={words.yes[decision]}
        no={text.no}
        // What is wrong is shown at the form, behind the question.
        action={{ ...form.decide, mutate: () => form.decide.mutate(decision, { onSettled: () => setAsked(false) }) }}
        onClose={() => setAsked(false)}
      />
    </>
  );
}

interface ReasonsProps extends Pick<DecisionPanelProps, 'form' | 'fields' | 'preview'> {
  decision: Decision;
  isDisabled: boolean;
}

function Reasons({ form, fields, preview, decision, isDisabled }: ReasonsProps) {
  const text = useDeskText();
  const { reasonCodes } = useAttestationText();
  const { reasons } = form.values;
  return (
    <>
      <ReasonList
        {...{ reasons, fields, text, isDisabled }}
        codes={optionsOf(reasonCodes)}
        as="paragraphs"
        faults={form.faults}
        onChange={form.edit}
      />
      {reasons.some(isComplete) && (
        <>
          <h3>{text.willSee}</h3>
          {preview(decision, reasons.filter(isComplete))}
        </>
      )}
    </>
  );
}
