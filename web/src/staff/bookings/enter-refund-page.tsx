// SPDX-License-Identifier: Apache-2.0
// 录入线下退款: after the money was transferred or handed out.
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { filledIn } from '../../kit/form.ts';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useOfflineText } from './i18n.ts';
import { MovedForm } from './moved-form.tsx';
import { useDueRefunds } from './offline.ts';
import './offline.css';

type DueRefund = components['schemas']['OfflineDueRefunds']['items'][number];

export function EnterRefundPage() {
  const text = useOfflineText();
  const { paymentId = '' } = useParams();
  const due = useDueRefunds();
  return (
    <Main className="desk-main offline-desk">
      <Link to="/staff/offline-payments" className="desk-back">
        ← {text.back}
      </Link>
      <PageTitle title={text.refundTitle} />
      <p className="desk-lead">{text.refundLead}</p>
      <Loaded query={due}>
        {({ items }) => {
          const found = items.find((each) => each.paymentId === paymentId);
          if (!found) return <p className="notice">{text.nothingDue}</p>;
          return found.isOwn ? <p className="notice">{text.ownOrder}</p> : <Refund payment={found} />;
        }}
      </Loaded>
    </Main>
  );
}

function Refund({ payment }: { payment: DueRefund }) {
  const text = useOfflineText();
  const { outTradeNo, orderNumber, title, amountFen, way, paidOn, reference, bookingId } = payment;
  return (
    <>
      <Section title={text.payment}>
        <Facts
          rows={[
            [text.column.amount, formatFen(amountFen)],
            [text.column.title, title],
            [text.orderNumber, <code key="order">{orderNumber}</code>],
            [text.paymentNumber, <code key="payment">{outTradeNo}</code>],
            [text.way, text.ways[way]],
            [text.paidOn, paidOn],
            [text.reference, <code key="reference">{reference ?? '—'}</code>],
            [
              text.booking,
              bookingId ? (
                <Link key="booking" to={`/staff/offline-payments/${bookingId}`}>
                  {text.openBooking}
                </Link>
              ) : (
                '—'
              ),
            ],
          ]}
        />
      </Section>
      <RefundForm payment={payment} />
    </>
  );
}

function RefundForm({ payment: { paymentId } }: { payment: DueRefund }) {
  return (
    <MovedForm
      send={({ voucherId, payer: _, ...moved }) => {
        const body = { ...filledIn(moved), paymentId, voucherId: voucherId || null };
        return call('post', '/staff/offline-payments/refunds', { body });
      }}
    />
  );
}
