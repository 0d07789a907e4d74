// SPDX-License-Identifier: Apache-2.0
// 退款审批: the queue of refund requests, and those that were decided. What is filtered for stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffRefundSummary } from '../../api/refund-requests.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { formatFen } from '../../kit/money.ts';
import { Queue } from '../desk/queue.tsx';
import { useWait } from '../wait.ts';
import { useRefundDeskText } from './i18n.ts';
import './refunds.css';

/** Without one in the address, those that wait. */
const STATES = ['GRANTED', 'REFUSED', 'WITHDRAWN', 'ALL'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function RefundsPage() {
  const text = useRefundDeskText();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const { search: _, state: chosen, ...rest } = list.query;
  const query = { ...rest, ...(chosen !== 'ALL' && { state: chosen ?? ('OPEN' as const) }) };
  const requests = useQuery({
    queryKey: ['staff-refund-requests', query],
    queryFn: ({ signal }) => call('get', '/staff/refund-requests', { query, signal }),
  });
  const { sort, sorts } = text;
  const { OPEN: waiting, ...others } = text.states;
  const states = { ...others, ALL: text.allStates };
  return (
    <Queue
      title={text.title}
      lead={text.lead}
      columns={Object.values(text.column)}
      none={text.none}
      cases={requests}
      {...{ list, Row }}
      className="refund-desk"
    >
      <Filters list={list} labels={{ state: text.state, allStates: waiting, states, sort, sorts }} />
    </Queue>
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
