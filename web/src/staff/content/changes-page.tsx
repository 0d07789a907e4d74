// SPDX-License-Identifier: Apache-2.0
// What changed between two versions of a content page, in both languages. The address has the two versions.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffPage } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { HTML_LANG, LANGUAGES, useLanguage } from '../../i18n/language.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { ChangedLines } from '../../ui/changed-lines.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import './content.css';
import { useContentText } from './i18n.ts';

type Slug = StaffPage['slug'];

export function ChangesPage() {
  const text = useContentText();
  const language = useLanguage();
  const slug = useParams().slug as Slug; // another text is not found by the portal
  const [query, setQuery] = useSearchParams();
  const page = useVersion(slug, Number(query.get('version')));
  const before = useVersion(slug, Number(query.get('since')));
  return (
    <Main className="desk-main content-main">
      <Link to={`/staff/pages/${slug}`} className="desk-back">
        ← {page.data?.[language].title ?? text.back}
      </Link>
      <PageTitle title={text.compare} />
      <Loaded query={page}>
        {(after) => (
          <>
            <div className="content-switches">
              {(['since', 'version'] as const).map((name) => (
                <Select
                  key={name}
                  className="content-version"
                  aria-label={text.compared[name]}
                  value={query.get(name)}
                  options={after.history.map(({ version, savedAt }) => ({
                    value: String(version),
                    label: `${text.compared[name]} ${fill(text.versionName, { version })} · ${formatTime(savedAt)}`,
                  }))}
                  onChange={(version) =>
                    setQuery((last) => new URLSearchParams({ ...Object.fromEntries(last), [name]: version ?? '' }))
                  }
                />
              ))}
            </div>
            <Loaded query={before}>{(earlier) => <Changes before={earlier} after={after} />}</Loaded>
          </>
        )}
      </Loaded>
    </Main>
  );
}

function Changes({ before, after }: { before: StaffPage; after: StaffPage }) {
  const text = useContentText();
  return LANGUAGES.map((language) => (
    <Section key={language} title={text.languages[language]}>
      <ChangedLines
        before={textOf(before[language])}
        after={textOf(after[language])}
        label={text.languages[language]}
        lang={HTML_LANG[language]}
      />
    </Section>
  ));
}

/** A changed title is a changed line as well. */
const textOf = ({ title, body }: StaffPage['zh']) => `${title}\n\n${body}`;

function useVersion(slug: Slug, version: number) {
  return useQuery({
    queryKey: ['staff-pages', slug, version, 'compared'],
    queryFn: ({ signal }) =>
      call('get', '/staff/pages/{slug}/versions/{version}', { params: { slug, version }, signal }),
  });
}
