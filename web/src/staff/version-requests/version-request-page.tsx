// SPDX-License-Identifier: Apache-2.0
// One request: why a new version is asked for, its proofs, what would change, and the decision.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { StaffVersionRequest } from '../../api/version-requests.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useRegistrationLabelOf } from '../../orders/registration-labels.ts';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { Changes } from '../desk/changes.tsx';
import { FileViewer } from '../desk/file-viewer.tsx';
import type { AddressOf } from '../desk/files.ts';
import { useVersionDeskText } from './i18n.ts';
import { VersionDecision } from './version-decision.tsx';
import '../desk/desk.css';
import './version-requests.css';

export function VersionRequestPage() {
  const text = useVersionDeskText();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['staff-version-request', id],
    queryFn: ({ signal }) => call('get', '/staff/version-requests/{id}', { params: { id }, signal }),
  });
  const refetch = async () => {
    await found.refetch();
    await queries.invalidateQueries({ queryKey: ['staff-version-requests'] });
  };
  return (
    <Main className="desk-main version-desk">
      <Link to="/staff/version-requests" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>{(request) => <Case request={request} onConflict={refetch} />}</Loaded>
    </Main>
  );
}

function Case({ request, onConflict }: { request: StaffVersionRequest; onConflict: () => unknown }) {
  const text = useVersionDeskText();
  const labelOf = useRegistrationLabelOf();
  const { id, title, kind, state, changes, documents, reviews } = request;
  return (
    <>
      <PageTitle title={title} aside={`${text.kinds[kind]} · ${text.states[state]}`} />
      <Subject request={request} />
      {changes.length > 0 && (
        <Changes
          title={text.changes}
          {...{ changes, labelOf }}
          addressOf={addressIn(id)}
          shownAs={(_, value) => value}
        />
      )}
      <Section title={fill(text.proofs, { count: documents.length })} aside={text.audited}>
        {documents.length === 0 ? (
          <p className="muted">{text.noProofs}</p>
        ) : (
          <FileViewer files={documents} addressOf={addressIn(id)} />
        )}
      </Section>
      <Section title={text.history}>
        <History reviews={reviews} />
      </Section>
      <Section title={text.decision}>
        <VersionDecision request={request} onConflict={onConflict} />
      </Section>
    </>
  );
}

function Subject({ request }: { request: StaffVersionRequest }) {
  const text = useVersionDeskText();
  const { requestNumber, registrationNumber, registrationId, certificateNumber, applicant, createdAt, reason } =
    request;
  return (
    <Section title={text.subject}>
      <Facts
        rows={[
          [text.column.number, <code key="number">{requestNumber}</code>],
          [
            text.column.registration,
            <span key="registration">
              {registrationNumber} <Link to={`/staff/registrations/${registrationId}`}>{text.goRegistration}</Link>
            </span>,
          ],
          [text.certificate, <code key="certificate">{certificateNumber}</code>],
          [text.column.applicant, applicant],
          [text.askedAt, formatTime(createdAt)],
          [
            text.reason,
            <span key="reason" className="version-words">
              {reason || '—'}
            </span>,
          ],
        ]}
      />
    </Section>
  );
}

const addressIn =
  (id: string): AddressOf =>
  (what, uploadId) =>
    link(`/staff/version-requests/{id}/files/{uploadId}/${what}`, { id, uploadId });

function History({ reviews }: Pick<StaffVersionRequest, 'reviews'>) {
  const text = useVersionDeskText();
  if (reviews.length === 0) return <p className="muted">{text.noHistory}</p>;
  return (
    <ol>
      {reviews.map(({ level, reviewer, isApproved, words, decidedAt }) => (
        <li key={level}>
          {formatTime(decidedAt)} · {text.levels[level]} · {reviewer} ·{' '}
          {text.verdicts[isApproved ? 'APPROVE' : 'REFUSE']}
          {words && <div className="version-words">{words}</div>}
        </li>
      ))}
    </ol>
  );
}
