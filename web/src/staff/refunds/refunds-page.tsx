// SPDX-License-Identifier: Apache-2.0
// 退款审批: the queue of refund requests, and those that were decided. What is filtered for stands in the address.
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffRefundSummary } from '../../api/refund-requests.ts';
import { formatFen } from '../../kit/money.ts';
import { StateQueue } from '../desk/state-queue.tsx';
import { useWait } from '../wait.ts';
import { useRefundDeskText } from './i18n.ts';
import './refunds.css';

const STATES = ['OPEN', 'GRANTED', 'REFUSED', 'WITHDRAWN'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function RefundsPage() {
  const text = useRefundDeskText();
  return (
    <StateQueue
      name="staff-refund-requests"
      {...{ text, states: STATES, sorts: SORTS, Row }}
      stateNames={text.states}
      first="OPEN"
      read={(query, signal) => call('get', '/staff/refund-requests', { query, signal })}
      className="refund-desk"
    />
  );
}

function Row({ item }: { item: StaffRefundSummary }) {
  const text = useRefundDeskText();
  const wait = useWait(item.waitingSince);
  const { id, requestNumber, title, orderKind, amountFen, applicant, state, grants, needsTwo, isOwn } = item;
  const isOpen = state === 'OPEN';
  return (
    <tr>
      <td data-label={text.column.number} className="one-line">
        <Link to={`/staff/refund-requests/${id}`}>
          <code>{requestNumber}</code>
        </Link>{' '}
        {isOwn && <small>{text.own}</small>}
      </td>
      <td data-label={text.column.title}>{title}</td>
      <td data-label={text.column.kind} className="one-line">
        {text.kinds[orderKind]}
      </td>
      <td data-label={text.column.amount} className="one-line">
        {formatFen(amountFen)}
      </td>
      <td data-label={text.column.applicant} className="one-line">
        {applicant}
      </td>
      <td data-label={text.column.state}>
        {text.states[state]} {isOpen && needsTwo && <small>{grants > 0 ? text.half : text.needsTwo}</small>}
      </td>
      <td data-label={text.column.wait} className="one-line">
        {isOpen ? wait : '–'}
      </td>
    </tr>
  );
}
