// SPDX-License-Identifier: Apache-2.0
// 协查: cases that wait for approval, and those that were decided. The address holds the filter.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { StaffAssistanceSummary } from '../../api/assistance.ts';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { Queue } from '../desk/queue.tsx';
import { useWait } from '../wait.ts';
import { useAssistanceText } from './i18n.ts';
import './assistance.css';

const STATES = ['REQUESTED', 'GRANTED', 'REFUSED', 'ALL'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function CasesPage() {
  const text = useAssistanceText();
  const { roles = [] } = useMe().data ?? {};
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const { search: _, state = 'REQUESTED', ...rest } = list.query;
  const query = { ...rest, ...(state !== 'ALL' && { state }) };
  const cases = useQuery({
    queryKey: ['staff-assistance', query],
    queryFn: ({ signal }) => call('get', '/staff/assistance-cases', { query, signal }),
  });
  const { sort, sorts } = text;
  const states = { ...text.states, ALL: text.allStates };
  const canOpen = roles.includes('reviewer') || roles.includes('senior-reviewer');
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none}
      {...{ cases, list, Row }}
      className="assistance-desk"
    >
      {canOpen && (
        <p>
          <Link to="/staff/assistance-cases/new">{text.open}</Link>
        </p>
      )}
      <Filters list={list} labels={{ state: text.state, allStates: text.states.REQUESTED, states, sort, sorts }} />
    </Queue>
  );
}

function Row({ item }: { item: StaffAssistanceSummary }) {
  const text = useAssistanceText();
  const wait = useWait(item.waitingSince);
  const { id, caseNumber, authority, fileNumber, orders, state, isSecret, openedByMe } = item;
  return (
    <tr>
      <td data-label={text.column.number} className="one-line">
        <Link to={`/staff/assistance-cases/${id}`}>
          <code>{caseNumber}</code>
        </Link>{' '}
        {openedByMe && <small>{text.mine}</small>}
      </td>
      <td data-label={text.column.authority}>{authority}</td>
      <td data-label={text.column.file}>{fileNumber}</td>
      <td data-label={text.column.orders}>{orders}</td>
      <td data-label={text.column.state}>
        {text.states[state]} {isSecret && <small>{text.secret}</small>}
      </td>
      <td data-label={text.column.wait} className="one-line">
        {state === 'REQUESTED' ? wait : '–'}
      </td>
    </tr>
  );
}
