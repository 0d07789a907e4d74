// SPDX-License-Identifier: Apache-2.0
// 公开展示: what the public site shows of a work of mine, and what I can do about it in its state.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { Publication } from '../../api/publications.ts';
import type { Work } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { WithdrawButton } from '../../kit/withdraw-button.tsx';
import { usePublicationNames } from '../../orders/publication-names.ts';
import { formatTime } from '../../ui/format.ts';
import { AppealForm } from './appeal-form.tsx';
import { usePublicationText } from './i18n.ts';
import { SubmissionForm } from './submission-form.tsx';
import { WorkPictures } from './work-pictures.tsx';
import './publication.css';

interface Opened {
  work: Work;
  publication: Publication | null;
}

export function PublicationPage() {
  const text = usePublicationText();
  const { id = '' } = useParams();
  const opened = useQuery({
    queryKey: ['publication', id],
    queryFn: async ({ signal }): Promise<Opened> => {
      const params = { id };
      const [work, { publication }] = await Promise.all([
        call('get', '/works/{id}', { params, signal }),
        call('get', '/works/{id}/publication', { params, signal }),
      ]);
      return { work, publication };
    },
    gcTime: 0,
  });
  const work = opened.data?.work;
  return (
    <>
      <PageTitle
        title={text.title}
        aside={<Link to="/member/works">{text.back}</Link>}
        {...(work && { about: { title: work.title, number: String(work.serial) } })}
      />
      <Loaded query={opened}>{(found) => <Shown {...found} onChanged={() => opened.refetch()} />}</Loaded>
    </>
  );
}

const SUBMITTABLE: readonly string[] = ['PUBLISHED', 'REFUSED', 'WITHDRAWN'];
const WITHDRAWABLE: readonly string[] = ['PENDING', 'PUBLISHED', 'REFUSED'];

function Shown({ work, publication, onChanged }: Opened & { onChanged: () => Promise<unknown> }) {
  const text = usePublicationText();
  const state = publication?.state;
  const isSubmittable = state === undefined || SUBMITTABLE.includes(state);
  return (
    <>
      <Section title={text.state}>
        <State publication={publication} />
        {state && WITHDRAWABLE.includes(state) && (
          <div className="form-actions">
            <WithdrawButton
              text={text}
              withdraw={() => call('delete', '/works/{id}/publication', { params: { id: work.id } })}
              onDone={onChanged}
            />
          </div>
        )}
      </Section>
      {state === 'TAKEN_DOWN' && <AppealForm id={work.id} onDone={onChanged} />}
      <Section title={text.shown}>
        <Facts
          rows={[
            [text.workTitle, work.title],
            [
              text.intro,
              <span key="intro" className="publication-text">
                {work.intro}
              </span>,
            ],
            [text.tags, work.tags.join(text.between)],
            [text.pictures, <WorkPictures key="pictures" work={work} />],
          ]}
        />
        {work.isEditable && (
          <p className="publication-more">
            <Link to={`/member/publish/${work.id}`}>{text.editWork}</Link>
          </p>
        )}
      </Section>
      {isSubmittable &&
        (work.state === 'ARCHIVED' ? (
          <SubmissionForm key={publication?.round ?? 0} work={work} publication={publication} onDone={onChanged} />
        ) : (
          <p className="notice">{text.draft}</p>
        ))}
      {publication && publication.decisions.length > 0 && <History decisions={publication.decisions} />}
    </>
  );
}

function State({ publication }: { publication: Publication | null }) {
  const text = usePublicationText();
  const names = usePublicationNames();
  if (!publication)
    return (
      <>
        <p>
          <b>{text.never}</b>
        </p>
        <p>{text.lead.never}</p>
      </>
    );
  const { id, state, stateAt, appeal } = publication;
  return (
    <div role="status">
      <p>
        <b>{fill(text.since, { state: names.states[state], time: formatTime(stateAt) })}</b>
      </p>
      <p>{text.lead[state]}</p>
      {state === 'PUBLISHED' && (
        <p>
          <a href={`/works/${id}`}>{text.see}</a>
        </p>
      )}
      {appeal && (
        <p className="publication-text">
          {text.appealed}
          {text.colon}
          {appeal}
        </p>
      )}
    </div>
  );
}

function History({ decisions }: Pick<Publication, 'decisions'>) {
  const text = usePublicationText();
  const names = usePublicationNames();
  return (
    <Section title={text.history}>
      <ul className="publication-history">
        {decisions.map(({ decision, round, ground, text: said, decidedAt }) => (
          <li key={decidedAt + decision}>
            {fill(text.decided, { time: formatTime(decidedAt), round, decision: names.decisions[decision] })}
            {ground && (
              <p className="publication-text">
                {text.ground}
                {text.colon}
                {names.grounds[ground]}
                <br />
                {said}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
