// SPDX-License-Identifier: Apache-2.0
// 异议处理: objections by state. The address holds the filter.
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffObjection } from '../../api/objections.ts';
import { useObjectionWords } from '../../orders/objection-words.ts';
import { StateQueue } from '../desk/state-queue.tsx';
import { useWait } from '../wait.ts';
import { useObjectionDeskText } from './i18n.ts';
import './objections.css';

const STATES = ['OPEN', 'ANSWERED', 'UPHELD', 'DISMISSED', 'WITHDRAWN'] as const;
const SORTS = ['-stateAt', 'stateAt'] as const;

export function ObjectionsPage() {
  const text = useObjectionDeskText();
  const words = useObjectionWords();
  return (
    <StateQueue
      name="staff-objections"
      {...{ text, states: STATES, sorts: SORTS, Row }}
      stateNames={words.states}
      first="ALL"
      read={(query, signal) => call('get', '/staff/objections', { query, signal })}
      className="objection-desk"
    />
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
