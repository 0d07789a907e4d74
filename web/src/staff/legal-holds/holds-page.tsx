// SPDX-License-Identifier: Apache-2.0
// 证据保全: holds that stand, those that somebody asks to lift, and those that were lifted. The address holds the filter.
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { LegalHold } from '../../api/legal-holds.ts';
import { useMe } from '../../api/session.ts';
import { formatTime } from '../../ui/format.ts';
import { StateQueue } from '../desk/state-queue.tsx';
import { useHoldText } from './i18n.ts';
import './legal-holds.css';

const STATES = ['HELD', 'LIFT_ASKED', 'LIFTED'] as const;
const SORTS = ['-stateAt', 'stateAt'] as const;

export function HoldsPage() {
  const text = useHoldText();
  const { roles = [] } = useMe().data ?? {};
  return (
    <StateQueue
      name="staff-holds"
      {...{ text, states: STATES, sorts: SORTS, Row }}
      stateNames={text.states}
      first="ALL"
      read={(query, signal) => call('get', '/staff/legal-holds', { query, signal })}
      className="hold-desk"
    >
      {(roles.includes('reviewer') || roles.includes('senior-reviewer')) && (
        <p>
          <Link to="/staff/legal-holds/new">{text.place}</Link>
        </p>
      )}
    </StateQueue>
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
