// SPDX-License-Identifier: Apache-2.0
// One organisation: the licence beside what is stated, and the decision on the version that is shown.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffOrganisation } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { Assignment } from '../reasons/assignment.tsx';
import { ReviewHistory } from '../reasons/review-history.tsx';
import { useOrganisationReviewText } from './i18n.ts';
import { LicenceViewer } from './licence-viewer.tsx';
import { OrganisationDecision } from './organisation-decision.tsx';
import './organisations.css';

export function OrganisationPage() {
  const text = useOrganisationReviewText();
  const { id = '' } = useParams();
  // Every look is recorded, so it is read when it is opened, and again after a change only.
  const found = useQuery({
    queryKey: ['staff-organisation', id],
    queryFn: ({ signal }) => call('get', '/staff/organisations/{id}', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Main className="desk-main">
      <Link to="/staff/organisations" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>
        {(organisation) => <Case organisation={organisation} onChanged={() => found.refetch()} />}
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
      <div className="organisation-case">
        <Section title={text.licence}>
          <LicenceViewer key={version} id={id} />
        </Section>
        <div>
          <Section title={text.facts}>
            <Stated organisation={organisation} />
          </Section>
          <Section title={text.decision}>
            <OrganisationDecision key={version} organisation={organisation} onConflict={onChanged} />
          </Section>
          <Section title={text.history}>
            <ReviewHistory reviews={reviews} text={text} labelOf={(field) => String(labels[field] ?? field)} />
          </Section>
        </div>
      </div>
    </>
  );
}

function Stated({ organisation }: { organisation: StaffOrganisation }) {
  const text = useOrganisationReviewText();
  const { comma } = useKitText();
  const { name, creditCode, isCodeIrregular, sameCode, phone, representative, email, address, savedAt } = organisation;
  const states = sameCode.map(({ state }) => text.states[state]).join(comma);
  return (
    <>
      {isCodeIrregular && <p className="notice notice-error">{text.irregular}</p>}
      {sameCode.length > 0 && (
        <p className="notice notice-error">{fill(text.sameCode, { count: sameCode.length, states })}</p>
      )}
      <Facts
        rows={[
          [text.name, name],
          [text.creditCode, <code key="code">{creditCode}</code>],
          [text.representative, representative],
          [text.address, address],
          [text.phone, phone],
          [text.email, email],
          [text.savedAt, formatTime(savedAt)],
        ]}
      />
    </>
  );
}
