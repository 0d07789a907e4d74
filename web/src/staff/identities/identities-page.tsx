// SPDX-License-Identifier: Apache-2.0
// The queue of real names that staff review. What is filtered for stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffIdentitySummary } from '../../api/identity-reviews.ts';
import { fill } from '../../i18n/fill.ts';
import { Filters, Pager, useListQuery } from '../../kit/list.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useWait } from '../wait.ts';
import { useIdentityReviewText } from './i18n.ts';
import './identities.css';

const STATES = ['PENDING', 'VERIFIED', 'REJECTED'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function IdentitiesPage() {
  const text = useIdentityReviewText();
  const { state } = useLocation();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const { search: _, ...query } = list.query;
  const identities = useQuery({
    queryKey: ['staff-identities', query],
    queryFn: ({ signal }) => call('get', '/staff/identities', { query, signal }),
  });
  const { states, sort, sorts, allStates } = text;
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <div role="status">{state?.done && <p className="notice notice-done">{state.done}</p>}</div>
      <p>{text.lead}</p>
      <Filters list={list} labels={{ state: text.state, allStates, states, sort, sorts }} />
      <Loaded query={identities}>
        {({ items }) => (items.length === 0 ? <Empty title={text.none} /> : <Table items={items} />)}
      </Loaded>
      <Pager list={list} next={identities.data?.next ?? null} />
    </Main>
  );
}

function Table({ items }: { items: readonly StaffIdentitySummary[] }) {
  const text = useIdentityReviewText();
  return (
    <table className="rows" aria-label={text.title}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item }: { item: StaffIdentitySummary }) {
  const text = useIdentityReviewText();
  const wait = useWait(item.waitingSince);
  const { id, name, idNumber, documentType, applicant, state, version, takenBy, isTakenByMe, isOwn } = item;
  return (
    <tr>
      <td data-label={text.column.name}>
        <Link to={`/staff/identities/${id}`}>{name}</Link> {isOwn && <small>{text.own}</small>}
      </td>
      <td data-label={text.column.document}>
        {text.documents[documentType]} <code>{idNumber}</code>
      </td>
      <td data-label={text.column.applicant} className="one-line">
        {applicant}
      </td>
      <td data-label={text.column.state}>
        {text.states[state]} <small>{fill(text.round, { version })}</small>
      </td>
      <td data-label={text.column.wait} className="one-line">
        {state === 'PENDING' ? wait : '–'}
      </td>
      <td data-label={text.column.taken} className="one-line">
        {isTakenByMe ? text.mine : (takenBy ?? text.nobody)}
      </td>
    </tr>
  );
}
