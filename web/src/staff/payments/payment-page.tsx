// SPDX-License-Identifier: Apache-2.0
// One payment, and what the provider told about it.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { isOffline, moneyTime } from '../../orders/paid-at.ts';
import { useDiscountWords } from '../../orders/price-words.ts';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { usePaymentsText } from './i18n.ts';
import { jointWords } from './payments.ts';
import './payments.css';

type StaffPayment = components['schemas']['StaffPayment'];

export function PaymentPage() {
  const text = usePaymentsText();
  const { id = '' } = useParams();
  const payment = useQuery({
    queryKey: ['staff-payment', id],
    queryFn: ({ signal }) => call('get', '/staff/payments/{id}', { params: { id }, signal }),
  });
  return (
    <Main className="desk-main">
      <Link to="/staff/payments" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={payment}>{(found) => <Payment payment={found} />}</Loaded>
    </Main>
  );
}

function Payment({ payment }: { payment: StaffPayment }) {
  const text = usePaymentsText();
  const discountWords = useDiscountWords();
  const { outTradeNo, providerTradeNo, orderNumber, orderKind, channel, state, amountFen } = payment;
  const { paidAt, refundedAt, createdAt, expiresAt, isSettling, notifications, joint, refundNo, discount } = payment;
  const role = isSettling ? text.settling : paidAt ? text.needless : text.unpaid;
  return (
    <>
      <PageTitle title={formatFen(amountFen)} aside={text.states[state]} />
      {state === 'REFUND_FAILED' && <p className="notice notice-error">{text.failedLead}</p>}
      <Section title={text.list}>
        <Facts
          rows={[
            [text.column.number, <code key="number">{outTradeNo}</code>],
            ...(joint ? [[text.joint, jointWords(joint, text)] as const] : []),
            ...(joint ? [[text.refundNo, <code key="refund">{refundNo}</code>] as const] : []),
            [isOffline(channel) ? text.voucherNumber : text.tradeNo, <code key="trade">{providerTradeNo ?? '—'}</code>],
            [text.column.order, <code key="order">{orderNumber}</code>],
            [text.column.kind, text.kinds[orderKind]],
            [text.role, role],
            ...(discount ? [[text.discount, discountWords(discount)] as const] : []),
            [text.column.channel, text.channels[channel]],
            [text.createdAt, formatTime(createdAt)],
            ...(isOffline(channel) ? [] : [[text.expiresAt, formatTime(expiresAt)] as const]),
            [text.column.paidAt, paidAt ? moneyTime(channel, paidAt) : '—'],
            [text.column.refundedAt, refundedAt ? moneyTime(channel, refundedAt) : '—'],
          ]}
        />
      </Section>
      {isOffline(channel) ? (
        <p>
          <Link to="/staff/offline-payments">{state === 'REFUNDING' ? text.offlineRefund : text.offline}</Link>
        </p>
      ) : (
        <Section title={text.notifications}>
          <Notifications notifications={notifications} />
        </Section>
      )}
    </>
  );
}

function Notifications({ notifications }: Pick<StaffPayment, 'notifications'>) {
  const text = usePaymentsText();
  if (notifications.length === 0) return <p className="muted">{text.noNotifications}</p>;
  return (
    <table className="rows" aria-label={text.notifications}>
      <TableHead columns={[text.receivedAt, text.outcome]} />
      <tbody>
        {notifications.map(({ receivedAt, outcome }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may come in one moment
          <tr key={index}>
            <td data-label={text.receivedAt} className="one-line">
              {formatTime(receivedAt)}
            </td>
            <td data-label={text.outcome}>{text.outcomes[outcome] ?? outcome}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
