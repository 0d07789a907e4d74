// SPDX-License-Identifier: Apache-2.0
// The queue of real names that staff review. What is filtered for stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffIdentitySummary } from '../../api/identity-reviews.ts';
import { fill } from '../../i18n/fill.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { Queue } from '../desk/queue.tsx';
import { useWait } from '../wait.ts';
import { useIdentityReviewText } from './i18n.ts';
import './identities.css';

const STATES = ['PENDING', 'VERIFIED', 'REJECTED'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function IdentitiesPage() {
  const text = useIdentityReviewText();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const { search: _, ...query } = list.query;
  const identities = useQuery({
    queryKey: ['staff-identities', query],
    queryFn: ({ signal }) => call('get', '/staff/identities', { query, signal }),
  });
  const { states, sort, sorts, allStates } = text;
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none}
      cases={identities}
      {...{ list, Row }}
    >
      <Filters list={list} labels={{ state: text.state, allStates, states, sort, sorts }} />
    </Queue>
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
