// SPDX-License-Identifier: Apache-2.0
// The decision on a refund request.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffRefundRequest } from '../../api/refund-requests.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { VerdictForm } from '../desk/verdict-form.tsx';
import { useRefundDeskText } from './i18n.ts';

const VERDICTS = ['GRANT', 'REFUSE'] as const;
type Verdict = (typeof VERDICTS)[number];

export function RefundDecision({ request, onConflict }: { request: StaffRefundRequest; onConflict: () => unknown }) {
  const text = useRefundDeskText();
  const hindrance = useHindrance(request);
  const send = useSend(request);
  const { title, amountFen } = request;
  if (hindrance) return <p className="notice">{hindrance}</p>;
  return (
    <VerdictForm
      prefix="refund-decision"
      verdicts={VERDICTS}
      refusal="REFUSE"
      effectOf={(verdict) => fill(text.effects[effectOf(request, verdict)], { amount: formatFen(amountFen) })}
      questionOf={(verdict) => fill(text.ask, { title, verdict: text.verdicts[verdict] })}
      {...{ text, send, onConflict }}
    />
  );
}

function effectOf({ needsTwo, grants }: StaffRefundRequest, verdict: Verdict) {
  return verdict === 'GRANT' && needsTwo && grants === 0 ? 'GRANT_FIRST' : verdict;
}

/** Why nobody, or not this reader, can decide now. */
function useHindrance({ isOwn, hasDecided, state }: StaffRefundRequest): string | undefined {
  const text = useRefundDeskText();
  const { roles } = useMe().data ?? {};
  if (state !== 'OPEN') return fill(text.notWaiting, { state: text.states[state] });
  if (roles !== undefined && !roles.includes('finance')) return text.onlyLooks;
  if (isOwn) return text.ownCase;
  return hasDecided ? text.hasDecided : undefined;
}

function useSend({ id, title }: StaffRefundRequest) {
  const text = useRefundDeskText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (verdict: Verdict, words: string): Promise<void> => {
    const { state } = await call('post', '/staff/refund-requests/{id}/decision', {
      params: { id },
      body: { verdict, words },
    });
    for (const key of ['staff-refund-requests', 'staff-refund-request', 'staff-waiting'])
      await queries.invalidateQueries({ queryKey: [key] });
    const done = fill(state === 'OPEN' ? text.doneFirst : text.done, { title, verdict: text.verdicts[verdict] });
    void navigate('/staff/refund-requests', { state: { done } });
  };
}
