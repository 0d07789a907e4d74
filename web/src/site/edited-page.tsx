// SPDX-License-Identifier: Apache-2.0
// A page that staff write: its newest version, or with ?version= an older one of the terms and the privacy notice, and with
// ?since= what changed since one.
import { lazy, Suspense, useEffect, useState } from 'react';
import type { components } from '../api/schema.gen.ts';
import { fill } from '../i18n/fill.ts';
import { HTML_LANG, useLanguage, useText } from '../i18n/language.ts';
import { Markdown } from '../ui/markdown.tsx';
import { useTelephoneLine } from '../ui/site-facts.ts';
import { siteTexts } from './frame.tsx';
import { PageFrame } from './page-frame.tsx';
import type { EditedSlug } from './pages.ts';
import { StepList } from './steps.tsx';

/** Few visitors compare versions: the others do not load what it takes. */
const ChangedLines = lazy(async () => ({ default: (await import('../ui/changed-lines.tsx')).ChangedLines }));

type Page = components['schemas']['Page'];

interface EditedPageProps {
  slug: EditedSlug;
  version: string | null;
  since: string | null;
}

export function EditedPage({ slug, version, since }: EditedPageProps) {
  const text = useText(siteTexts);
  const { page, hasFailed, retry } = usePage(slug, version);
  const language = useLanguage();
  const telephone = useTelephoneLine();
  const written = page?.[language];
  return (
    <PageFrame slug={slug} title={written?.title ?? text.titles[slug]}>
      {slug === 'registration' && <StepList />}
      {page && since !== null && isAgreement(slug) ? (
        <Changes after={page} since={since} />
      ) : (
        written && <Markdown text={written.body} />
      )}
      {page && page.versions.length > 0 && isAgreement(slug) && <Versions page={page} />}
      {!page && !hasFailed && <p role="status">{text.loading}</p>}
      {hasFailed && (
        <div role="alert">
          <p>{text.pageFailed}</p>
          <p>
            <button type="button" className="button" onClick={retry}>
              {text.again}
            </button>
          </p>
        </div>
      )}
      {(slug === 'contact' || slug === 'about') && <p>{telephone}</p>}
    </PageFrame>
  );
}

const isAgreement = (slug: EditedSlug) => slug === 'terms' || slug === 'privacy';

/** Which version this is, and the others: what somebody agreed to stays readable. */
function Versions({ page }: { page: Page }) {
  const text = useText(siteTexts);
  const [newest] = page.versions;
  return (
    <section>
      <p className="muted">{fill(text.version, { version: page.version, day: dayOf(page.savedAt) })}</p>
      {newest && newest.version !== page.version && (
        <p>
          {fill(text.isOld, { version: newest.version })} <a href={`/pages/${page.slug}`}>{text.newestLink}</a>
        </p>
      )}
      <h2>{text.versionsTitle}</h2>
      <ul>
        {page.versions.map(({ version, savedAt }) => (
          <li key={version}>
            <a href={`/pages/${page.slug}?version=${version}`}>
              {fill(text.versionName, { version, day: dayOf(savedAt) })}
            </a>
            {version > 1 && (
              <>
                {' · '}
                <a
                  href={`/pages/${page.slug}?version=${version}&since=${version - 1}`}
                  aria-label={fill(text.changesOf, { version })}
                >
                  {text.changes}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In the place of the text. */
function Changes({ after, since }: { after: Page; since: string }) {
  const text = useText(siteTexts);
  const language = useLanguage();
  const { page: before, hasFailed } = usePage(after.slug, since);
  const textOf = (page: Page) => `${page[language].title}\n\n${page[language].body}`;
  if (hasFailed) return <p role="alert">{text.changesFailed}</p>;
  if (!before) return <p role="status">{text.loading}</p>;
  const label = fill(text.changesSince, { version: after.version, since: before.version });
  return (
    <section>
      <h2>{label}</h2>
      <Suspense fallback={<p role="status">{text.loading}</p>}>
        <ChangedLines before={textOf(before)} after={textOf(after)} label={label} lang={HTML_LANG[language]} />
      </Suspense>
      <p>
        <a href={`/pages/${after.slug}?version=${after.version}`}>{text.wholeText}</a>
      </p>
    </section>
  );
}

/** In Beijing time, as everywhere. */
const dayOf = (at: string) => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

function usePage(slug: Page['slug'], version: string | null) {
  const [page, setPage] = useState<Page>();
  const [hasFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    setFailed(false);
    const leaving = new AbortController();
    readPage(slug, version, leaving.signal).then(setPage, () => {
      if (!leaving.signal.aborted) setFailed(true);
    });
    return () => leaving.abort();
  }, [slug, version, tries]);
  return { page, hasFailed, retry: () => setTries(tries + 1) };
}

async function readPage(slug: Page['slug'], version: string | null, signal: AbortSignal): Promise<Page> {
  const path = `/api/v1/pages/${slug}${version === null ? '' : `/versions/${encodeURIComponent(version)}`}`;
  const answer = await fetch(path, { credentials: 'omit', signal });
  if (!answer.ok) throw new TypeError(`the portal answered ${answer.status}`);
  return answer.json();
}
