// SPDX-License-Identifier: Apache-2.0
// What waits for each role of the viewer, and the way to their pages.
import { Link } from 'react-router';
import type { Waiting } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { PageTitle } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { ParkedWorkNotice } from '../parked-work/parked-work-notice.tsx';
import type { StaffPage } from '../staff-page.ts';
import { useWait } from '../wait.ts';
import { useShellText } from './i18n.ts';
import { useWaiting } from './waiting.ts';

export function HomePage({ pages }: { pages: readonly StaffPage[] }) {
  const text = useShellText();
  const waiting = useWaiting();
  const language = useLanguage();
  const queues = pages.filter(({ queue }) => queue !== undefined);
  return (
    <Main className="desk-main">
      <PageTitle title={text.home} />
      {pages.some(({ path }) => path === 'parked-work') && <ParkedWorkNotice />}
      {queues.length === 0 ? (
        <p>{text.noQueues}</p>
      ) : (
        <Loaded query={waiting}>{({ items }) => <Queues pages={queues} items={items} />}</Loaded>
      )}
      <h2 className="staff-pages-title">{text.pages}</h2>
      <ul className="staff-pages">
        {pages.map(({ path, label }) => label && <Page key={path} path={path} label={label[language]} />)}
      </ul>
    </Main>
  );
}

function Queues({ pages, items }: { pages: readonly StaffPage[]; items: readonly Waiting[] }) {
  const text = useShellText();
  const language = useLanguage();
  return (
    <table className="rows staff-queues" aria-label={text.home}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {pages.map(({ path, label, queue }) => {
          const found = items.find(({ name }) => name === queue);
          return (
            <tr key={path}>
              <td data-label={text.column.queue}>
                <Link to={`/staff/${path}`}>{label?.[language]}</Link>
              </td>
              <td data-label={text.column.count}>{found?.count ?? 0}</td>
              <td data-label={text.column.oldest}>{found?.oldestAt ? <Age since={found.oldestAt} /> : text.nothing}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Age({ since }: { since: string }) {
  const text = useShellText();
  return fill(text.waited, { time: useWait(since) });
}

function Page({ path, label }: { path: string; label: string }) {
  return (
    <li>
      <Link to={`/staff/${path}`}>{label}</Link>
    </li>
  );
}
