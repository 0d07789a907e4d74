// SPDX-License-Identifier: Apache-2.0
// One organisation: masked until a view is opened for a reason; the decision on the version that is shown.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffOrganisation } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { Assignment } from '../reasons/assignment.tsx';
import { ReviewHistory } from '../reasons/review-history.tsx';
import { useOrganisationReviewText } from './i18n.ts';
import { OrganisationDecision } from './organisation-decision.tsx';
import { OrganisationView } from './organisation-view.tsx';
import './organisations.css';

export function OrganisationPage() {
  const text = useOrganisationReviewText();
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['staff-organisation', id],
    queryFn: ({ signal }) => call('get', '/staff/organisations/{id}', { params: { id }, signal }),
  });
  return (
    <Main className="desk-main">
      <Link to="/staff/organisations" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>
        {(organisation) => (
          <Case key={organisation.version} organisation={organisation} onChanged={() => found.refetch()} />
        )}
      </Loaded>
    </Main>
  );
}

function Case({ organisation, onChanged }: { organisation: StaffOrganisation; onChanged: () => Promise<unknown> }) {
  const text = useOrganisationReviewText();
  const queries = useQueryClient();
  const { id, version, name, state, reviews } = organisation;
  const labels: Record<string, unknown> = text;
  return (
    <>
      <PageTitle title={name} aside={`${text.states[state]} · ${fill(text.round, { version })}`} />
      <Assignment
        record={organisation}
        text={text}
        assign={(method) => call(method, '/staff/organisations/{id}/assignment', { params: { id } })}
        onChanged={async () => {
          await onChanged();
          await queries.invalidateQueries({ queryKey: ['staff-organisations'] });
        }}
      />
      <Section title={text.facts}>
        <Doubts organisation={organisation} />
        <OrganisationView organisation={organisation} />
      </Section>
      <Section title={text.decision}>
        <OrganisationDecision organisation={organisation} onConflict={onChanged} />
      </Section>
      <Section title={text.history}>
        <ReviewHistory reviews={reviews} text={text} labelOf={(field) => String(labels[field] ?? field)} />
      </Section>
    </>
  );
}

function Doubts({ organisation: { isCodeIrregular, sameCode } }: { organisation: StaffOrganisation }) {
  const text = useOrganisationReviewText();
  const { comma } = useKitText();
  const states = sameCode.map(({ state }) => text.states[state]).join(comma);
  return (
    <>
      {isCodeIrregular && <p className="notice notice-error">{text.irregular}</p>}
      {sameCode.length > 0 && (
        <p className="notice notice-error">{fill(text.sameCode, { count: sameCode.length, states })}</p>
      )}
    </>
  );
}
