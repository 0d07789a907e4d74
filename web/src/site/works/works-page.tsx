// SPDX-License-Identifier: Apache-2.0
// 作品检索: public works by keyword, category and author. Forms and links lead to addresses, so Back and Reload work.
import { fill } from '../../i18n/fill.ts';
import { formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useSiteTitle } from '../../ui/site-facts.ts';
import { Main } from '../../ui/skip-link.tsx';
import { Floating, SiteFooter, SiteHeader } from '../frame.tsx';
import { type FoundWorks, pictureAddress, searchWorks, type WorkSummary } from './portal.ts';
import { addressOf, CATEGORIES, type WorkQuery } from './query.ts';
import { Failure, Loading } from './states.tsx';
import { useAnswer } from './use-answer.ts';
import { categoryName, useWords } from './words.ts';
import '../site.css';
import './works.css';

export function WorksPage({ query }: { query: WorkQuery }) {
  const words = useWords();
  const title = query.category ? words.categories[query.category] : words.title;
  useSiteTitle(title);
  return (
    <>
      <SiteHeader current={undefined} />
      <Main className="column content-page works-page">
        <h1>{title}</h1>
        <div className="double-rule" />
        <p className="lead">{words.lead}</p>
        <SearchForm query={query} />
        <Categories query={query} />
        <Results query={query} />
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}

function SearchForm({ query }: { query: WorkQuery }) {
  const words = useWords();
  return (
    <form className="works-form" action="/works">
      <label>
        {words.keyword}
        <input name="q" type="search" maxLength={100} defaultValue={query.q} placeholder={words.placeholder} />
      </label>
      <label>
        {words.author}
        <input name="author" maxLength={50} defaultValue={query.author} placeholder={words.authorPlaceholder} />
      </label>
      {query.category && <input type="hidden" name="category" value={query.category} />}
      <button type="submit" className="button primary">
        <Icon name="search" /> {words.search}
      </button>
    </form>
  );
}

function Categories({ query: { cursor, category: chosen, ...others } }: { query: WorkQuery }) {
  const words = useWords();
  return (
    <nav className="works-categories" aria-label={words.category}>
      <a href={addressOf(others)} aria-current={chosen ? undefined : 'page'}>
        {words.all}
      </a>
      {CATEGORIES.map((category) => (
        <a
          key={category}
          href={addressOf({ ...others, category })}
          aria-current={chosen === category ? 'page' : undefined}
        >
          {words.categories[category]}
        </a>
      ))}
    </nav>
  );
}

function Results({ query }: { query: WorkQuery }) {
  const words = useWords();
  const { answer, error, retry } = useAnswer(addressOf(query), () => searchWorks(query));
  const { cursor, ...first } = query;
  return (
    <section aria-label={words.results}>
      {error && <Failure error={error} onRetry={retry} />}
      {!error && !answer && <Loading text={words.loading} />}
      {answer && (answer.items.length > 0 ? <Found found={answer} /> : <Nothing query={query} />)}
      <p className="works-pages">
        {cursor && <a href={addressOf(first)}>{words.first}</a>}
        {answer?.next && (
          <a className="button" href={addressOf({ ...first, cursor: answer.next })}>
            {words.next} <Icon name="next" />
          </a>
        )}
      </p>
    </section>
  );
}

function Found({ found: { items } }: { found: FoundWorks }) {
  const words = useWords();
  return (
    <>
      <p className="muted" role="status">
        {fill(words.found, { count: items.length })} {words.beijing}
      </p>
      <ul className="works-list">
        {items.map((work) => (
          <FoundWork key={work.id} work={work} />
        ))}
      </ul>
    </>
  );
}

function FoundWork({ work: { id, title, category, author, imageId, publishedAt } }: { work: WorkSummary }) {
  const words = useWords();
  return (
    <li>
      <a href={`/works/${id}`}>
        <span className="works-picture">
          {imageId ? <img src={pictureAddress(id, imageId, 'small')} alt="" loading="lazy" /> : words.noPicture}
        </span>
        <b>{title}</b>
      </a>
      <span>{author}</span>
      <span className="muted">
        {categoryName(words, category)}　{formatTime(publishedAt).slice(0, 10)}
      </span>
    </li>
  );
}

/** What to do next: other words where something was asked for. */
function Nothing({ query }: { query: WorkQuery }) {
  const words = useWords();
  const hasFilter = Object.keys(query).length > 0;
  return (
    <div className="works-nothing" role="status">
      <p>
        <b>{hasFilter ? words.nothing : words.empty}</b>
      </p>
      <p>{hasFilter ? words.nothingHint : words.emptyHint}</p>
      {hasFilter && (
        <p>
          <a href="/works">{words.clear}</a>
        </p>
      )}
    </div>
  );
}
