// SPDX-License-Identifier: Apache-2.0
// 公开审核: works that wait for a decision, were reported, are public, or are no longer. The address holds which.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { StaffPublicationSummary } from '../../api/publications.ts';
import { useListQuery } from '../../kit/list.tsx';
import { Picture } from '../../kit/picture.tsx';
import { useKinds } from '../../orders/kinds.ts';
import { usePublicationNames } from '../../orders/publication-names.ts';
import { formatTime } from '../../ui/format.ts';
import { Queue } from '../desk/queue.tsx';
import { useModerationText } from './i18n.ts';
import './publications.css';

const VIEWS = ['waiting', 'reported', 'public', 'ended'] as const;

export function PublicationsPage() {
  const text = useModerationText();
  const list = useListQuery({ states: VIEWS, sorts: ['default'] });
  const { state: view = 'waiting', cursor, limit } = list.query;
  const publications = useQuery({
    queryKey: ['staff-publications', view, cursor],
    queryFn: ({ signal }) =>
      call('get', '/staff/publications', { query: { view, limit, ...(cursor && { cursor }) }, signal }),
  });
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none[view]}
      cases={publications}
      {...{ list, Row }}
    >
      <nav className="publication-views" aria-label={text.viewsLabel}>
        {VIEWS.map((each) => (
          <Link key={each} to={`?state=${each}`} aria-current={each === view ? 'page' : undefined}>
            {text.views[each]}
          </Link>
        ))}
      </nav>
    </Queue>
  );
}

function Row({ item }: { item: StaffPublicationSummary }) {
  const text = useModerationText();
  const names = usePublicationNames();
  const { categories } = useKinds();
  const { id, title, author, category, state, stateAt, openReports, imageId, isOwn } = item;
  const source = imageId ? link('/staff/publications/{id}/images/{imageId}', { id, imageId }) : undefined;
  return (
    <tr>
      <td data-label={text.column.name}>
        <span className="publication-name">
          <Picture source={source} />
          <span>
            <Link to={`/staff/publications/${id}`}>{title}</Link> {isOwn && <small>{text.own}</small>}
          </span>
        </span>
      </td>
      <td data-label={text.column.author} className="publication-text">
        {author}
      </td>
      <td data-label={text.column.category} className="one-line">
        {nameIn(categories, category)}
      </td>
      <td data-label={text.column.state} className="one-line">
        {names.states[state]}
      </td>
      <td data-label={text.column.since} className="one-line">
        {formatTime(stateAt)}
      </td>
      <td data-label={text.column.reports}>{openReports}</td>
    </tr>
  );
}

/** A category that this page does not know is shown by its code. */
export const nameIn = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? code;
