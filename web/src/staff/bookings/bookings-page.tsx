// SPDX-License-Identifier: Apache-2.0
// 线下收付款: what waits for a colleague, what was decided, and first of all what has to go back.
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { formatFen } from '../../kit/money.ts';
import { Section } from '../../kit/section.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { StateQueue } from '../desk/state-queue.tsx';
import { useWait } from '../wait.ts';
import { useOfflineText } from './i18n.ts';
import { useDueRefunds } from './offline.ts';
import './offline.css';

type Booking = components['schemas']['OfflineBookingSummary'];

const STATES = ['WAITING', 'CONFIRMED', 'REFUSED'] as const;
const SORTS = ['stateAt', '-stateAt'] as const;

export function BookingsPage() {
  const text = useOfflineText();
  const navigate = useNavigate();
  const isFinance = useMe().data?.roles.includes('finance') ?? false;
  return (
    <StateQueue
      name="offline-bookings"
      {...{ text, states: STATES, sorts: SORTS, Row }}
      stateNames={text.states}
      first="WAITING"
      read={(query, signal) => call('get', '/staff/offline-payments', { query, signal })}
      className="offline-desk"
    >
      {isFinance && (
        <p>
          <Button type="primary" size="large" onClick={() => void navigate('/staff/offline-payments/new')}>
            {text.enter}
          </Button>
        </p>
      )}
      <DueRefunds isFinance={isFinance} />
    </StateQueue>
  );
}

function DueRefunds({ isFinance }: { isFinance: boolean }) {
  const text = useOfflineText();
  const items = useDueRefunds().data?.items ?? [];
  if (items.length === 0) return null;
  const { order, title, amount, way } = text.column;
  return (
    <Section title={text.due}>
      <p className="notice">{text.dueLead}</p>
      <table className="rows" aria-label={text.due}>
        <TableHead columns={[order, title, amount, way, text.paidOn, text.dueAction]} />
        <tbody>
          {items.map((item) => (
            <tr key={item.paymentId}>
              <td data-label={order} className="one-line">
                <Link to={`/staff/payments/${item.paymentId}`}>
                  <code>{item.orderNumber}</code>
                </Link>
              </td>
              <td data-label={title}>{item.title}</td>
              <td data-label={amount} className="one-line">
                {formatFen(item.amountFen)}
              </td>
              <td data-label={way} className="one-line">
                {text.ways[item.way]}
              </td>
              <td data-label={text.paidOn} className="one-line">
                {item.paidOn}
              </td>
              <td data-label={text.dueAction} className="one-line">
                {isFinance && !item.isOwn ? (
                  <Link to={`/staff/offline-payments/refunds/${item.paymentId}`}>{text.dueAction}</Link>
                ) : (
                  '–'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Row({ item }: { item: Booking }) {
  const text = useOfflineText();
  const wait = useWait(item.waitingSince);
  const { id, reference, kind, title, orderNumber, way, amountFen, movedOn, state, isOwn, hasEntered } = item;
  return (
    <tr>
      <td data-label={text.column.reference}>
        <Link to={`/staff/offline-payments/${id}`}>
          <code>{reference}</code>
        </Link>
      </td>
      <td data-label={text.column.kind} className="one-line">
        {text.kinds[kind]}
      </td>
      <td data-label={text.column.title}>
        {title} {isOwn && <small>{text.own}</small>}
      </td>
      <td data-label={text.column.order} className="one-line">
        <code>{orderNumber}</code>
      </td>
      <td data-label={text.column.way} className="one-line">
        {text.ways[way]}
      </td>
      <td data-label={text.column.amount} className="one-line">
        {formatFen(amountFen)}
      </td>
      <td data-label={text.column.movedOn} className="one-line">
        {movedOn}
      </td>
      <td data-label={text.column.state}>
        {text.states[state]} {state === 'WAITING' && hasEntered && <small>{text.mine}</small>}
      </td>
      <td data-label={text.column.wait} className="one-line">
        {state === 'WAITING' ? wait : '–'}
      </td>
    </tr>
  );
}
