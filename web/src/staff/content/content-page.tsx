// SPDX-License-Identifier: Apache-2.0
// One content page: its text in both languages beside what visitors will see, and every version that ever was.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffPage } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { Moment } from '../../kit/moment.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import './content.css';
import { Editor } from './editor.tsx';
import { useContentText } from './i18n.ts';

type Slug = StaffPage['slug'];

export function ContentPage() {
  const text = useContentText();
  const language = useLanguage();
  const slug = useParams().slug as Slug; // another text is not found by the portal
  const version = Number(useSearchParams()[0].get('version')) || undefined;
  const [saved, setSaved] = useState<number>();
  const page = useQuery({
    queryKey: ['staff-pages', slug, version],
    queryFn: ({ signal }) =>
      version === undefined
        ? call('get', '/staff/pages/{slug}', { params: { slug }, signal })
        : call('get', '/staff/pages/{slug}/versions/{version}', { params: { slug, version }, signal }),
    // Nothing replaces a text that somebody is writing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Main className="desk-main content-main">
      <Link to="/staff/pages" className="desk-back">
        ← {text.back}
      </Link>
      <PageTitle title={page.data?.[language].title ?? text.title} aside={<a href={`/pages/${slug}`}>{text.show}</a>} />
      <div role="status">
        {saved !== undefined && <p className="notice notice-done">{fill(text.saved, { version: saved })}</p>}
      </div>
      <Loaded query={page}>
        {(found) => (
          <>
            <Editor key={`${found.slug} ${found.version} ${found.newest}`} page={found} onSaved={setSaved} />
            <History page={found} />
          </>
        )}
      </Loaded>
    </Main>
  );
}

function History({ page: { slug, version: shown, newest, history } }: { page: StaffPage }) {
  const text = useContentText();
  return (
    <Section title={text.history}>
      <table className="rows" aria-label={text.history}>
        <TableHead columns={[text.column.version, text.column.savedAt, text.column.savedBy, text.column.note]} />
        <tbody>
          {history.map(({ version, savedAt, savedBy, note }) => (
            <tr key={version} aria-current={version === shown || undefined}>
              <td data-label={text.column.version}>
                <span>
                  <Link
                    to={version === newest ? `/staff/pages/${slug}` : `/staff/pages/${slug}?version=${version}`}
                    aria-label={fill(text.open, { version })}
                  >
                    {fill(text.versionName, { version })}
                  </Link>
                  {version === newest && ` · ${text.current}`}
                </span>
              </td>
              <td data-label={text.column.savedAt}>
                <Moment at={savedAt} />
              </td>
              <td data-label={text.column.savedBy}>{savedBy ?? text.shipped}</td>
              <td data-label={text.column.note}>
                <span>
                  {note || '–'}
                  {version > 1 && (
                    <>
                      {' · '}
                      <Link
                        to={`/staff/pages/${slug}/changes?since=${version - 1}&version=${version}`}
                        aria-label={fill(text.changesOf, { version })}
                      >
                        {text.changes}
                      </Link>
                    </>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
