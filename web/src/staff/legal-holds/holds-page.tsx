// SPDX-License-Identifier: Apache-2.0
// 证据保全: holds that stand, those that somebody asks to lift, and those that were lifted. The address holds the filter.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { LegalHold } from '../../api/legal-holds.ts';
import { useMe } from '../../api/session.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { formatTime } from '../../ui/format.ts';
import { Queue } from '../desk/queue.tsx';
import { useHoldText } from './i18n.ts';
import './legal-holds.css';

const STATES = ['HELD', 'LIFT_ASKED', 'LIFTED', 'ALL'] as const;
const SORTS = ['-stateAt', 'stateAt'] as const;

export function HoldsPage() {
  const text = useHoldText();
  const { roles = [] } = useMe().data ?? {};
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const { search: _, state = 'ALL', ...rest } = list.query;
  const query = { ...rest, ...(state !== 'ALL' && { state }) };
  const cases = useQuery({
    queryKey: ['staff-holds', query],
    queryFn: ({ signal }) => call('get', '/staff/legal-holds', { query, signal }),
  });
  const { sort, sorts, states, state: label, allStates } = text;
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none}
      {...{ cases, list, Row }}
      className="hold-desk"
    >
      {(roles.includes('reviewer') || roles.includes('senior-reviewer')) && (
        <p>
          <Link to="/staff/legal-holds/new">{text.place}</Link>
        </p>
      )}
      <Filters list={list} labels={{ state: label, allStates, states, sort, sorts }} />
    </Queue>
  );
}

function Row({ item }: { item: LegalHold }) {
  const text = useHoldText();
  const { id, holdNumber, reason, orders, placedBy, state, createdAt } = item;
  return (
    <tr>
      <td data-label={text.column.number} className="one-line">
        <Link to={`/staff/legal-holds/${id}`}>
          <code>{holdNumber}</code>
        </Link>
      </td>
      <td data-label={text.column.reason} className="hold-words">
        {reason}
      </td>
      <td data-label={text.column.orders}>{orders.length}</td>
      <td data-label={text.column.placed} className="one-line">
        {placedBy}
      </td>
      <td data-label={text.column.state}>{text.states[state]}</td>
      <td data-label={text.column.since} className="one-line">
        {formatTime(createdAt)}
      </td>
    </tr>
  );
}
