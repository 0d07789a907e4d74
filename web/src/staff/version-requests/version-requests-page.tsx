// SPDX-License-Identifier: Apache-2.0
// 证书补发变更: what waits for the first or second review, and what was decided. The address holds the filter.
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { StaffVersionRequestSummary } from '../../api/version-requests.ts';
import { StateQueue } from '../desk/state-queue.tsx';
import { useWait } from '../wait.ts';
import { useVersionDeskText } from './i18n.ts';
import './version-requests.css';

const STATES = ['INITIAL_REVIEW', 'FINAL_REVIEW', 'ISSUING', 'ISSUED', 'REFUSED', 'WITHDRAWN'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function VersionRequestsPage() {
  const text = useVersionDeskText();
  const { roles = [] } = useMe().data ?? {};
  // Whoever does second reviews alone begins with those.
  const own = roles.includes('senior-reviewer') && !roles.includes('reviewer') ? 'FINAL_REVIEW' : 'INITIAL_REVIEW';
  return (
    <StateQueue
      name="staff-version-requests"
      {...{ text, states: STATES, sorts: SORTS, Row }}
      stateNames={text.states}
      first={own}
      read={(query, signal) => call('get', '/staff/version-requests', { query, signal })}
      className="version-desk"
    />
  );
}

function Row({ item }: { item: StaffVersionRequestSummary }) {
  const text = useVersionDeskText();
  const wait = useWait(item.waitingSince);
  const { id, requestNumber, title, kind, registrationNumber, applicant, state, isOwn } = item;
  const isWaiting = state === 'INITIAL_REVIEW' || state === 'FINAL_REVIEW';
  return (
    <tr>
      <td data-label={text.column.number} className="one-line">
        <Link to={`/staff/version-requests/${id}`}>
          <code>{requestNumber}</code>
        </Link>{' '}
        {isOwn && <small>{text.own}</small>}
      </td>
      <td data-label={text.column.title}>{title}</td>
      <td data-label={text.column.kind} className="one-line">
        {text.kinds[kind]}
      </td>
      <td data-label={text.column.registration} className="one-line">
        {registrationNumber}
      </td>
      <td data-label={text.column.applicant} className="one-line">
        {applicant}
      </td>
      <td data-label={text.column.state}>{text.states[state]}</td>
      <td data-label={text.column.wait} className="one-line">
        {isWaiting ? wait : '–'}
      </td>
    </tr>
  );
}
