// SPDX-License-Identifier: Apache-2.0
// 协查: cases that wait for approval, and those that were decided. The address holds the filter.
import { Link } from 'react-router';
import type { StaffAssistanceSummary } from '../../api/assistance.ts';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import { StateQueue } from '../desk/state-queue.tsx';
import { useWait } from '../wait.ts';
import { useAssistanceText } from './i18n.ts';
import './assistance.css';

const STATES = ['REQUESTED', 'GRANTED', 'REFUSED'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function CasesPage() {
  const text = useAssistanceText();
  const { roles = [] } = useMe().data ?? {};
  const canOpen = roles.includes('reviewer') || roles.includes('senior-reviewer');
  return (
    <StateQueue
      name="staff-assistance"
      {...{ text, states: STATES, sorts: SORTS, Row }}
      stateNames={text.states}
      first="REQUESTED"
      read={(query, signal) => call('get', '/staff/assistance-cases', { query, signal })}
      className="assistance-desk"
    >
      {canOpen && (
        <p>
          <Link to="/staff/assistance-cases/new">{text.open}</Link>
        </p>
      )}
    </StateQueue>
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
