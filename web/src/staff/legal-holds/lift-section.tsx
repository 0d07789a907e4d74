// SPDX-License-Identifier: Apache-2.0
// 解除保全: one person asks, another decides.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { LegalHold } from '../../api/legal-holds.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { formatTime } from '../../ui/format.ts';
import { VerdictForm } from '../desk/verdict-form.tsx';
import { useHoldText } from './i18n.ts';

const VERDICTS = ['LIFT', 'KEEP'] as const;
type Verdict = (typeof VERDICTS)[number];

export function LiftSection({ hold, onConflict }: { hold: LegalHold; onConflict: () => unknown }) {
  const text = useHoldText();
  const { liftAsked, decision } = hold;
  return (
    <Section title={text.lift}>
      {liftAsked && (
        <>
          <p>{fill(text.asked, { time: formatTime(liftAsked.at), by: liftAsked.by })}</p>
          <p className="hold-words">{liftAsked.words}</p>
        </>
      )}
      {decision && (
        <>
          <p>
            {fill(text.decided, {
              time: formatTime(decision.at),
              by: decision.by,
              verdict: decision.isLifted ? text.outcomes.lifted : text.outcomes.kept,
            })}
          </p>
          <p className="hold-words">{decision.words}</p>
        </>
      )}
      <NextStep {...{ hold, onConflict }} />
    </Section>
  );
}

function NextStep({ hold, onConflict }: { hold: LegalHold; onConflict: () => unknown }) {
  const text = useHoldText();
  const { roles = [] } = useMe().data ?? {};
  const { state, isOwn, askedByMe } = hold;
  const isSenior = roles.includes('senior-reviewer');
  if (state === 'LIFTED') return null;
  if (!isSenior && !roles.includes('reviewer')) return <p className="notice">{text.onlyLooks}</p>;
  if (isOwn) return <p className="notice">{text.ownHold}</p>;
  if (state === 'HELD') return <AskForm hold={hold} />;
  if (askedByMe) return <p className="notice">{text.askedByMe}</p>;
  return isSenior ? <Decision {...{ hold, onConflict }} /> : <p className="notice">{text.onlySeniors}</p>;
}

/** Shows the hold as it is by then, and says what was done. */
function useShow() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (hold: LegalHold, done: string) => {
    queries.removeQueries({ queryKey: ['staff-holds'] });
    queries.setQueryData(['staff-hold', hold.id], hold);
    await queries.invalidateQueries({ queryKey: ['staff-waiting'] });
    void navigate(`/staff/legal-holds/${hold.id}`, { state: { done, as: hold.state } });
  };
}

function AskForm({ hold: { id } }: { hold: LegalHold }) {
  const text = useHoldText();
  const show = useShow();
  const [words, setWords] = useState('');
  const faults = useFaults({ prefix: 'lift', labelOf: () => text.askWords });
  const ask = useMutation({
    mutationFn: () =>
      call('post', '/staff/legal-holds/{id}/lift-request', { params: { id }, body: filledIn({ words }) }),
    onSuccess: (hold) => show(hold, text.askDone),
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending) ask.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="small">{text.askLead}</p>
      <ErrorList {...faults} />
      <TextArea
        {...{ field: 'words', label: text.askWords, value: words, faults, isRequired: true, maxLength: 500 }}
        onChange={(typed) => {
          setWords(typed);
          faults.clear('words');
        }}
      />
      <div>
        <Button size="large" htmlType="submit" loading={ask.isPending}>
          {text.ask}
        </Button>
      </div>
    </form>
  );
}

function Decision({ hold: { id, holdNumber }, onConflict }: { hold: LegalHold; onConflict: () => unknown }) {
  const text = useHoldText();
  const show = useShow();
  const send = async (verdict: Verdict, words: string) => {
    const body = { isLifted: verdict === 'LIFT', ...filledIn({ words }) };
    const hold = await call('post', '/staff/legal-holds/{id}/lift-decision', { params: { id }, body });
    await show(hold, fill(text.done, { number: holdNumber, verdict: text.verdicts[verdict] }));
  };
  return (
    <VerdictForm
      prefix="lift-decision"
      verdicts={VERDICTS}
      refusal="KEEP"
      effectOf={(verdict) => text.effects[verdict]}
      questionOf={(verdict) => fill(text.confirm, { number: holdNumber, verdict: text.verdicts[verdict] })}
      {...{ text, send, onConflict }}
    />
  );
}
