// SPDX-License-Identifier: Apache-2.0
// One real name: masked until a view is opened for a reason; the document beside what is stated; the decision on this version.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { IdentityReason, StaffIdentity } from '../../api/identity-reviews.ts';
import { fill } from '../../i18n/fill.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { Assignment } from '../reasons/assignment.tsx';
import { ReviewDecision, type Verdict } from '../reasons/review-decision.tsx';
import { ReviewHistory } from '../reasons/review-history.tsx';
import { DocumentView } from './document-view.tsx';
import { useIdentityReviewText } from './i18n.ts';
import './identities.css';

export function IdentityPage() {
  const text = useIdentityReviewText();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['staff-identity', id],
    queryFn: ({ signal }) => call('get', '/staff/identities/{id}', { params: { id }, signal }),
  });
  const change = async () => {
    await found.refetch();
    await queries.invalidateQueries({ queryKey: ['staff-identities'] });
  };
  return (
    <Main className="desk-main">
      <Link to="/staff/identities" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>{(identity) => <Case identity={identity} onChanged={change} />}</Loaded>
    </Main>
  );
}

function Case({ identity, onChanged }: { identity: StaffIdentity; onChanged: () => Promise<unknown> }) {
  const text = useIdentityReviewText();
  const { id, version, name, state, isReplaced, isNumberUsed, reviews } = identity;
  const labels: Record<string, string> = text.fields.FOREIGN_PR;
  return (
    <>
      <PageTitle title={name} aside={`${text.states[state]} · ${fill(text.round, { version })}`} />
      {isReplaced && <p className="notice notice-error">{text.replaced}</p>}
      {isNumberUsed && <p className="notice notice-error">{text.numberUsed}</p>}
      {!isReplaced && (
        <Assignment
          record={identity}
          text={text}
          assign={(method) => call(method, '/staff/identities/{id}/assignment', { params: { id } })}
          onChanged={onChanged}
        />
      )}
      <Section title={text.document}>
        <DocumentView identity={identity} />
      </Section>
      {!isReplaced && (
        <Section title={text.decision}>
          <Decision identity={identity} onConflict={onChanged} />
        </Section>
      )}
      <Section title={text.history}>
        <ReviewHistory reviews={reviews} text={text} labelOf={(field) => labels[field] ?? field} />
      </Section>
    </>
  );
}

function Decision({ identity, onConflict }: { identity: StaffIdentity; onConflict: () => unknown }) {
  const text = useIdentityReviewText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, version, name, documentType } = identity;
  const fields = Object.entries(text.fields[documentType === 'PASSPORT' ? 'PASSPORT' : 'FOREIGN_PR']);
  const finish = async (decision: Verdict) => {
    for (const key of ['staff-identities', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
    void navigate('/staff/identities', { state: { done: fill(text.done[decision], { name }) } });
  };
  return (
    <ReviewDecision<IdentityReason>
      record={identity}
      text={text}
      fields={fields.map(([value, label]) => ({ value, label }))}
      send={(decision, reasons) =>
        call('post', '/staff/identities/{id}/decision', { params: { id }, body: { version, decision, reasons } })
      }
      onDone={finish}
      onConflict={onConflict}
    />
  );
}
