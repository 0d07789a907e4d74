// SPDX-License-Identifier: Apache-2.0
// The second person's decision on a case.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { StaffAssistanceCase } from '../../api/assistance.ts';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { formatTime } from '../../ui/format.ts';
import { VerdictForm } from '../desk/verdict-form.tsx';
import { useAssistanceText } from './i18n.ts';

const VERDICTS = ['GRANT', 'REFUSE'] as const;
type Verdict = (typeof VERDICTS)[number];

export function CaseDecision({ asked, onConflict }: { asked: StaffAssistanceCase; onConflict: () => unknown }) {
  const text = useAssistanceText();
  const hindrance = useHindrance(asked);
  const send = useSend(asked);
  const { authority, days, secrecy, decision } = asked;
  if (decision) {
    const verdict = text.verdicts[decision.isApproved ? 'GRANT' : 'REFUSE'];
    return (
      <>
        <p>{fill(text.decided, { time: formatTime(decision.at), by: decision.by, verdict })}</p>
        {decision.words && <p className="assistance-words">{decision.words}</p>}
      </>
    );
  }
  if (hindrance) return <p className="notice">{hindrance}</p>;
  const effectOf = (verdict: Verdict) => {
    if (verdict === 'REFUSE') return text.effects.REFUSE;
    if (!secrecy) return fill(text.effects.GRANT, { days });
    return fill(text.effects.GRANT_SECRET, { days, time: formatTime(secrecy.until) });
  };
  return (
    <VerdictForm
      prefix="case-decision"
      verdicts={VERDICTS}
      refusal="REFUSE"
      questionOf={(verdict) => fill(text.ask, { authority, verdict: text.verdicts[verdict] })}
      {...{ text, effectOf, send, onConflict }}
    />
  );
}

/** Why this reader cannot decide. */
function useHindrance({ isOwn, openedByMe }: StaffAssistanceCase): string | undefined {
  const text = useAssistanceText();
  const { roles } = useMe().data ?? {};
  if (openedByMe) return text.openedByMe;
  if (roles !== undefined && !roles.includes('senior-reviewer')) return text.onlySeniors;
  return isOwn ? text.ownCase : undefined;
}

function useSend({ id, authority }: StaffAssistanceCase) {
  const text = useAssistanceText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (verdict: Verdict, words: string): Promise<void> => {
    const body = { isApproved: verdict === 'GRANT', words };
    const decided = await call('post', '/staff/assistance-cases/{id}/decision', { params: { id }, body });
    queries.removeQueries({ queryKey: ['staff-assistance'] });
    queries.setQueryData(['staff-assistance-case', id], decided);
    await queries.invalidateQueries({ queryKey: ['staff-waiting'] });
    const done = fill(text.done, { authority, verdict: text.verdicts[verdict] });
    void navigate(`/staff/assistance-cases/${id}`, { state: { done, as: decided.state } });
  };
}
