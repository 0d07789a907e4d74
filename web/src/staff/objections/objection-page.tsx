// SPDX-License-Identifier: Apache-2.0
// One objection: what both sides say, the documents, and the outcome.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { StaffObjection } from '../../api/objections.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useObjectionWords } from '../../orders/objection-words.ts';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { FileViewer } from '../desk/file-viewer.tsx';
import { useObjectionDeskText } from './i18n.ts';
import { ObjectionOutcome } from './objection-outcome.tsx';
import '../desk/desk.css';
import './objections.css';

export function ObjectionPage() {
  const text = useObjectionDeskText();
  const words = useObjectionWords();
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['staff-objection', id],
    queryFn: ({ signal }) => call('get', '/staff/objections/{id}', { params: { id }, signal }),
  });
  return (
    <Main className="desk-main objection-desk">
      <Link to="/staff/objections" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>
        {(objection) => (
          <>
            <PageTitle
              title={`${words.objectionNumber} ${objection.objectionNumber}`}
              aside={words.states[objection.state]}
            />
            <Subject objection={objection} />
            <Section title={fill(text.documents, { count: objection.documents.length })} aside={text.audited}>
              {objection.documents.length === 0 ? (
                <p className="muted">{text.noDocuments}</p>
              ) : (
                <FileViewer
                  files={objection.documents}
                  addressOf={(what, uploadId) =>
                    link(`/staff/objections/{id}/files/{uploadId}/${what}`, { id: objection.id, uploadId })
                  }
                />
              )}
            </Section>
            <Section title={words.answer}>
              <p className="objection-words">{objection.answer?.words ?? text.noAnswer}</p>
            </Section>
            <Section title={text.decision}>
              <ObjectionOutcome objection={objection} onConflict={found.refetch} />
            </Section>
          </>
        )}
      </Loaded>
    </Main>
  );
}

function Subject({ objection }: { objection: StaffObjection }) {
  const text = useObjectionDeskText();
  const words = useObjectionWords();
  const { number, kind, orderId, title, filer, owner, reason, filedAt, answerUntil } = objection;
  return (
    <Section title={text.subject}>
      <Facts
        rows={[
          [words.number, <code key="number">{number}</code>],
          [
            text.order,
            <span key="order">
              {title} <Link to={`/staff/${kind}s/${orderId}?view=all`}>{text.showOrder}</Link>
            </span>,
          ],
          [text.filer, filer],
          [text.owner, owner],
          [words.reason, words.reasons[reason]],
          [
            words.words,
            <span key="words" className="objection-words">
              {objection.words}
            </span>,
          ],
          [words.filedAt, formatTime(filedAt)],
          [words.answerUntil, formatTime(answerUntil)],
        ]}
      />
    </Section>
  );
}
