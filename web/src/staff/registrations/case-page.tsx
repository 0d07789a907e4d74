// SPDX-License-Identifier: Apache-2.0
// One registration: what is judged, and beside it the decision of the level that it waits for.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { StaffRegistration } from '../../api/staff.ts';
import { Loaded } from '../../kit/states.tsx';
import { Main } from '../../ui/skip-link.tsx';
import '../desk/desk.css';
import { DecisionPanel } from './decision-panel.tsx';
import { useRegistrationReviewText } from './i18n.ts';
import { levelOf, QUEUE_PATH, REVIEWER_OF } from './levels.ts';
import './registrations.css';
import { Revocation } from './revocation.tsx';
import { Subject } from './subject.tsx';

export function CasePage() {
  const text = useRegistrationReviewText();
  const { id = '' } = useParams();
  // Every look is recorded, so it is read once when it is opened, and again after a conflict.
  const found = useQuery({
    queryKey: ['staff-registration', id],
    queryFn: ({ signal }) => call('get', '/staff/registrations/{id}', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <div className="desk-body is-alone">
      <Main className="desk-main">
        <BackLink registration={found.data} />
        <Loaded query={found}>{(registration) => <Subject key={id} registration={registration} />}</Loaded>
      </Main>
      <aside className="desk-decision" aria-label={text.decision}>
        {found.data && <Aside registration={found.data} onConflict={() => found.refetch()} />}
      </aside>
    </div>
  );
}

/** To the queue it came from; of what awaits nobody, to the one that the viewer works through. */
function BackLink({ registration }: { registration: StaffRegistration | undefined }) {
  const text = useRegistrationReviewText();
  const { roles = [] } = useMe().data ?? {};
  const own = roles.includes(REVIEWER_OF.INITIAL) || !roles.includes(REVIEWER_OF.FINAL) ? 'INITIAL' : 'FINAL';
  const level = (registration && levelOf(registration)) ?? own;
  const isTheirs = roles.includes(REVIEWER_OF[level]) || roles.includes('auditor');
  return (
    <Link to={QUEUE_PATH[isTheirs ? level : own]} className="desk-back">
      ← {text.back}
    </Link>
  );
}

function Aside({ registration, onConflict }: { registration: StaffRegistration; onConflict: () => unknown }) {
  const { id, round, state, isOwn } = registration;
  const { roles = [] } = useMe().data ?? {};
  if (state === 'REGISTERED' && roles.includes(REVIEWER_OF.FINAL) && !isOwn)
    return <Revocation key={id} registration={registration} />;
  return <DecisionPanel key={`${id}:${round}:${state}`} {...{ registration, onConflict }} />;
}
