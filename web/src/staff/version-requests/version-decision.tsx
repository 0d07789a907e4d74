// SPDX-License-Identifier: Apache-2.0
// The decision on a request, in the review that it waits for.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { StaffVersionRequest } from '../../api/version-requests.ts';
import { fill } from '../../i18n/fill.ts';
import { VerdictForm } from '../desk/verdict-form.tsx';
import { useVersionDeskText } from './i18n.ts';

type Level = 'INITIAL' | 'FINAL';
const ROLES = { INITIAL: 'reviewer', FINAL: 'senior-reviewer' } as const;
const PATHS = {
  INITIAL: '/staff/version-requests/{id}/initial-decision',
  FINAL: '/staff/version-requests/{id}/final-decision',
} as const;
const VERDICTS = ['APPROVE', 'REFUSE'] as const;
type Verdict = (typeof VERDICTS)[number];

const levelOf = ({ state }: StaffVersionRequest): Level => (state === 'FINAL_REVIEW' ? 'FINAL' : 'INITIAL');

export function VersionDecision({ request, onConflict }: { request: StaffVersionRequest; onConflict: () => unknown }) {
  const text = useVersionDeskText();
  const hindrance = useHindrance(request);
  const send = useSend(request);
  const { title, kind } = request;
  if (hindrance) return <p className="notice">{hindrance}</p>;
  return (
    <VerdictForm
      prefix="version-decision"
      verdicts={VERDICTS}
      refusal="REFUSE"
      effectOf={(verdict) => (verdict === 'REFUSE' ? text.effects.REFUSE : text.effects[levelOf(request)])}
      questionOf={(verdict) => fill(text.ask, { title, kind: text.kinds[kind], verdict: text.verdicts[verdict] })}
      {...{ text, send, onConflict }}
    />
  );
}

/** Why nobody, or not this reader, can decide now. */
function useHindrance(request: StaffVersionRequest): string | undefined {
  const text = useVersionDeskText();
  const { roles } = useMe().data ?? {};
  const { isOwn, hasDecided, state } = request;
  if (state !== 'INITIAL_REVIEW' && state !== 'FINAL_REVIEW')
    return fill(text.notWaiting, { state: text.states[state] });
  const level = levelOf(request);
  if (roles !== undefined && !roles.includes(ROLES[level])) return text.onlyLooks[level];
  if (isOwn) return text.ownCase;
  return hasDecided ? text.hasDecided : undefined;
}

function useSend(request: StaffVersionRequest) {
  const text = useVersionDeskText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, title, kind } = request;
  return async (verdict: Verdict, words: string): Promise<void> => {
    await call('post', PATHS[levelOf(request)], { params: { id }, body: { isApproved: verdict === 'APPROVE', words } });
    // The list must not show for a moment what it was before.
    queries.removeQueries({ queryKey: ['staff-version-requests'] });
    for (const key of ['staff-version-request', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
    const done = fill(text.done, { title, kind: text.kinds[kind], verdict: text.verdicts[verdict] });
    void navigate('/staff/version-requests', { state: { done } });
  };
}
