// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffObjection } from '../../api/objections.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { filledIn } from '../../kit/form.ts';
import { useObjectionWords } from '../../orders/objection-words.ts';
import { formatTime } from '../../ui/format.ts';
import { VerdictForm } from '../desk/verdict-form.tsx';
import { useObjectionDeskText } from './i18n.ts';

const VERDICTS = ['UPHOLD', 'DISMISS'] as const;
type Verdict = (typeof VERDICTS)[number];

export function ObjectionOutcome({ objection, onConflict }: { objection: StaffObjection; onConflict: () => unknown }) {
  const text = useObjectionDeskText();
  const { states } = useObjectionWords();
  const hindrance = useHindrance(objection);
  const send = useSend(objection);
  const { state, outcome, objectionNumber: number } = objection;
  if (outcome)
    return (
      <>
        <p>
          {formatTime(outcome.at)} · {states[state]}
        </p>
        <p className="objection-words">{outcome.words}</p>
      </>
    );
  if (hindrance) return <p className="notice">{hindrance}</p>;
  return (
    <VerdictForm
      prefix="objection-outcome"
      verdicts={VERDICTS}
      refusal="DISMISS"
      effectOf={(verdict) => text.effects[verdict]}
      questionOf={(verdict) => fill(text.ask, { number, verdict: text.verdicts[verdict] })}
      {...{ text, send, onConflict }}
    />
  );
}

/** Why nobody, or not this reader, can decide now. */
function useHindrance({ state, isDue, isOwn, answerUntil }: StaffObjection): string | undefined {
  const text = useObjectionDeskText();
  const { states } = useObjectionWords();
  const { roles } = useMe().data ?? {};
  if (state === 'WITHDRAWN') return states.WITHDRAWN;
  if (!isDue) return fill(text.waits, { time: formatTime(answerUntil) });
  if (roles !== undefined && !roles.includes('senior-reviewer')) return text.onlySeniors;
  return isOwn ? text.own : undefined;
}

function useSend({ id, objectionNumber: number }: StaffObjection) {
  const text = useObjectionDeskText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (verdict: Verdict, words: string): Promise<void> => {
    const body = { isUpheld: verdict === 'UPHOLD', ...filledIn({ words }) };
    await call('post', '/staff/objections/{id}/decision', { params: { id }, body });
    queries.removeQueries({ queryKey: ['staff-objections'] });
    for (const key of ['staff-objection', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
    const done = fill(text.done, { number, verdict: text.verdicts[verdict] });
    void navigate('/staff/objections', { state: { done } });
  };
}
