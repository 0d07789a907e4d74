// SPDX-License-Identifier: Apache-2.0
// 作品登记公告: registered works, for anybody. Forms and links lead to addresses, so Back and Reload work.
import type { components } from '../../api/schema.gen.ts';
import { Icon } from '../../ui/icon.tsx';
import { useSiteTitle } from '../../ui/site-facts.ts';
import { Main } from '../../ui/skip-link.tsx';
import { Floating, SiteFooter, SiteHeader } from '../frame.tsx';
import { askPortal } from '../public-portal.ts';
import { Failure, Loading } from '../works/states.tsx';
import { useAnswer } from '../works/use-answer.ts';
import { type NoticeQuery, noticesAddress } from './query.ts';
import { useNoticeWords } from './words.ts';
import '../site.css';
import '../works/works.css';
import './notices.css';

type Notice = components['schemas']['RegistrationNotice'];

interface Found {
  readonly items: readonly Notice[];
  readonly next: string | null;
}

export function NoticesPage({ query }: { query: NoticeQuery }) {
  const words = useNoticeWords();
  useSiteTitle(words.title);
  return (
    <>
      <SiteHeader current={undefined} />
      <Main className="column content-page works-page">
        <h1>{words.title}</h1>
        <div className="double-rule" />
        <p className="lead">{words.lead}</p>
        <form className="notices-form" action="/notices">
          <label>
            {words.search}
            <input name="q" type="search" maxLength={100} defaultValue={query.q} placeholder={words.placeholder} />
          </label>
          <button type="submit" className="button primary">
            <Icon name="search" /> {words.submit}
          </button>
        </form>
        <Results query={query} />
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}

function Results({ query }: { query: NoticeQuery }) {
  const words = useNoticeWords();
  const { answer, error, retry } = useAnswer(noticesAddress(query), () => readNotices(query));
  const { cursor, ...first } = query;
  return (
    <section aria-label={words.results}>
      {error && <Failure error={error} onRetry={retry} />}
      {!error && !answer && <Loading text={words.loading} />}
      {answer && (answer.items.length > 0 ? <Notices notices={answer.items} /> : <Nothing hasSearch={!!query.q} />)}
      <p className="works-pages">
        {cursor && <a href={noticesAddress(first)}>{words.first}</a>}
        {answer?.next && (
          <a className="button" href={noticesAddress({ ...first, cursor: answer.next })}>
            {words.next} <Icon name="next" />
          </a>
        )}
      </p>
      <p className="muted">
        {words.masked}　{words.feeds}{' '}
        <a href="/api/v1/registration-notices/rss" lang="en">
          RSS
        </a>{' '}
        <a href="/api/v1/registration-notices/feed" lang="en">
          JSON Feed
        </a>
      </p>
    </section>
  );
}

function Notices({ notices }: { notices: readonly Notice[] }) {
  const words = useNoticeWords();
  const [number, title, type, owners, day, status] = words.columns;
  return (
    <table className="notices">
      <thead>
        <tr>
          {words.columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <tr key={notice.registrationNumber}>
            <td data-label={number}>
              <a href={`/v/${notice.certificateNumber}`}>{notice.registrationNumber}</a>
            </td>
            <td data-label={title}>{notice.title}</td>
            <td data-label={type}>{words.workTypes[notice.workType]}</td>
            <td data-label={owners}>{notice.owners.join(words.between)}</td>
            <td data-label={day}>{notice.registeredOn}</td>
            <td data-label={status}>{notice.isRevoked ? <b>{words.revoked}</b> : words.valid}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What to do next: other words where something was asked for. */
function Nothing({ hasSearch }: { hasSearch: boolean }) {
  const words = useNoticeWords();
  return (
    <div className="works-nothing" role="status">
      <p>
        <b>{hasSearch ? words.nothing : words.empty}</b>
      </p>
      <p>{hasSearch ? words.nothingHint : words.emptyHint}</p>
      {hasSearch && (
        <p>
          <a href="/notices">{words.clear}</a>
        </p>
      )}
    </div>
  );
}

async function readNotices(query: NoticeQuery): Promise<Found> {
  return (await askPortal(`/registration-notices${noticesAddress(query).replace('/notices', '')}`)).json();
}
