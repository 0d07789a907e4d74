// SPDX-License-Identifier: Apache-2.0
// 异议处理: objections by state. The address holds the filter.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffObjection } from '../../api/objections.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { useObjectionWords } from '../../orders/objection-words.ts';
import { Queue } from '../desk/queue.tsx';
import { useWait } from '../wait.ts';
import { useObjectionDeskText } from './i18n.ts';
import './objections.css';

const STATES = ['OPEN', 'ANSWERED', 'UPHELD', 'DISMISSED', 'WITHDRAWN', 'ALL'] as const;
const SORTS = ['-stateAt', 'stateAt'] as const;

export function ObjectionsPage() {
  const text = useObjectionDeskText();
  const words = useObjectionWords();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const { search: _, state = 'ALL', ...rest } = list.query;
  const query = { ...rest, ...(state !== 'ALL' && { state }) };
  const cases = useQuery({
    queryKey: ['staff-objections', query],
    queryFn: ({ signal }) => call('get', '/staff/objections', { query, signal }),
  });
  const { sort, sorts, state: label, allStates } = text;
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none}
      {...{ cases, list, Row }}
      className="objection-desk"
    >
      <Filters list={list} labels={{ state: label, allStates, states: words.states, sort, sorts }} />
    </Queue>
  );
}

function Row({ item }: { item: StaffObjection }) {
  const text = useObjectionDeskText();
  const words = useObjectionWords();
  const wait = useWait(item.waitingSince);
  const { id, objectionNumber, number, title, reason, state, isDue } = item;
  return (
    <tr>
      <td data-label={text.column.number} className="one-line">
        <Link to={`/staff/objections/${id}`}>
          <code>{objectionNumber}</code>
        </Link>
      </td>
      <td data-label={text.column.certificate} className="one-line">
        <code>{number}</code>
      </td>
      <td data-label={text.column.title}>{title || '—'}</td>
      <td data-label={text.column.reason}>{words.reasons[reason]}</td>
      <td data-label={text.column.state}>
        {words.states[state]} {isDue && state === 'OPEN' && <small>{text.overdue}</small>}
      </td>
      <td data-label={text.column.wait} className="one-line">
        {isDue ? wait : '–'}
      </td>
    </tr>
  );
}
