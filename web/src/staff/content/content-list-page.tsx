// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.ts';
import { Moment } from '../../kit/moment.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import './content.css';
import { useContentText } from './i18n.ts';

export function ContentListPage() {
  const text = useContentText();
  const language = useLanguage();
  const pages = useQuery({
    queryKey: ['staff-pages', 'list'],
    queryFn: ({ signal }) => call('get', '/staff/pages', { signal }),
  });
  const { page, version, savedAt, savedBy } = text.column;
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <Loaded query={pages}>
        {({ items }) => (
          <table className="rows" aria-label={text.title}>
            <TableHead columns={[page, version, savedAt, savedBy]} />
            <tbody>
              {items.map((each) => (
                <tr key={each.slug}>
                  <td data-label={page}>
                    <Link to={`/staff/pages/${each.slug}`}>{each.titles[language]}</Link>
                  </td>
                  <td data-label={version}>{each.version}</td>
                  <td data-label={savedAt}>
                    <Moment at={each.savedAt} />
                  </td>
                  <td data-label={savedBy}>{each.savedBy ?? text.shipped}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Main>
  );
}
