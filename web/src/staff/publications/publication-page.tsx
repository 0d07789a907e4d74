// SPDX-License-Identifier: Apache-2.0
// One work as the public site shows or would show it, with its reports, and the decision on it.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { StaffPublication } from '../../api/publications.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useKinds } from '../../orders/kinds.ts';
import { usePublicationNames } from '../../orders/publication-names.ts';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { useModerationText } from './i18n.ts';
import { ModerationPanel } from './moderation-panel.tsx';
import { nameIn } from './publications-page.tsx';
import { Reports } from './reports.tsx';
import './publications.css';

export function PublicationPage() {
  const text = useModerationText();
  const { id = '' } = useParams();
  // Every look is recorded, so it is read when it is opened, and again after a change only.
  const found = useQuery({
    queryKey: ['staff-publication', id],
    queryFn: ({ signal }) => call('get', '/staff/publications/{id}', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Main className="desk-main">
      <Link to="/staff/publications" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>
        {(publication) => <Case publication={publication} onChanged={() => found.refetch()} />}
      </Loaded>
    </Main>
  );
}

function Case({ publication, onChanged }: { publication: StaffPublication; onChanged: () => Promise<unknown> }) {
  const text = useModerationText();
  const names = usePublicationNames();
  const { title, state, round } = publication;
  return (
    <>
      <PageTitle title={title} aside={`${names.states[state]} · ${fill(text.round, { round })}`} />
      <div className="publication-case">
        <div>
          <Section title={text.pictures}>
            <Pictures publication={publication} />
          </Section>
          <Section title={text.reports}>
            <Reports publication={publication} onChanged={onChanged} />
          </Section>
        </div>
        <div>
          <Section title={text.shown}>
            <Stated publication={publication} />
          </Section>
          <Section title={text.decision}>
            <ModerationPanel key={`${round} ${state}`} publication={publication} onConflict={onChanged} />
          </Section>
          <Section title={text.history}>
            <History publication={publication} />
          </Section>
        </div>
      </div>
    </>
  );
}

function Pictures({ publication: { id, images } }: { publication: StaffPublication }) {
  const text = useModerationText();
  if (images.length === 0) return <p>{text.noPictures}</p>;
  return (
    <div className="stack">
      {images.map(({ id: imageId, width, height }, place) => (
        <img
          key={imageId}
          className="publication-picture"
          src={link('/staff/publications/{id}/images/{imageId}', { id, imageId })}
          alt={fill(text.picture, { place: place + 1 })}
          {...{ width, height }}
        />
      ))}
    </div>
  );
}

function Stated({ publication }: { publication: StaffPublication }) {
  const text = useModerationText();
  const { categories } = useKinds();
  const { id, author, category, intro, tags, consentAt, appeal, state } = publication;
  return (
    <>
      <Facts
        rows={[
          [text.author, author],
          [text.category, nameIn(categories, category)],
          [text.tags, tags.join(text.between)],
          [text.consentAt, formatTime(consentAt)],
          [
            text.intro,
            <span key="intro" className="publication-text">
              {intro}
            </span>,
          ],
        ]}
      />
      {appeal && (
        <p className="notice publication-text">
          {text.appeal}
          {text.colon}
          {appeal}
        </p>
      )}
      {state === 'PUBLISHED' && (
        <p className="publication-more">
          <a href={`/works/${id}`}>{text.see}</a>
        </p>
      )}
    </>
  );
}

function History({ publication: { decisions } }: { publication: StaffPublication }) {
  const text = useModerationText();
  const names = usePublicationNames();
  if (decisions.length === 0) return <p className="small">{text.noHistory}</p>;
  return (
    <ul className="publication-history">
      {decisions.map(({ decision, round, ground, text: said, decidedAt }) => (
        <li key={decidedAt + decision}>
          {formatTime(decidedAt)} · {fill(text.round, { round })} · {names.decisions[decision]}
          {ground && (
            <p className="publication-text">
              {names.grounds[ground]}
              {text.colon}
              {said}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
