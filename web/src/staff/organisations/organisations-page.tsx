// SPDX-License-Identifier: Apache-2.0
// The queue of organisations. What is searched for stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffOrganisationSummary } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { Queue } from '../desk/queue.tsx';
import { useWait } from '../wait.ts';
import { useOrganisationReviewText } from './i18n.ts';

const STATES = ['PENDING', 'VERIFIED', 'REJECTED'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function OrganisationsPage() {
  const text = useOrganisationReviewText();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const organisations = useQuery({
    queryKey: ['staff-organisations', list.query],
    queryFn: ({ signal }) => call('get', '/staff/organisations', { query: list.query, signal }),
  });
  const { search, states, sort, sorts, allStates } = text;
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none}
      cases={organisations}
      {...{ list, Row }}
    >
      <Filters list={list} labels={{ search, state: text.state, allStates, states, sort, sorts }} />
    </Queue>
  );
}

function Row({ item }: { item: StaffOrganisationSummary }) {
  const text = useOrganisationReviewText();
  const wait = useWait(item.waitingSince);
  const { id, name, creditCode, applicant, state, version, takenBy, isTakenByMe, isOwn } = item;
  return (
    <tr>
      <td data-label={text.column.name}>
        <Link to={`/staff/organisations/${id}`}>{name}</Link> {isOwn && <small>{text.own}</small>}
      </td>
      <td data-label={text.column.code} className="one-line">
        <code>{creditCode}</code>
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
