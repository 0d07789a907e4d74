// SPDX-License-Identifier: Apache-2.0
// One entry of money that moved offline, beside its voucher, and the decision of a second person.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { call, link } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { VerdictForm } from '../desk/verdict-form.tsx';
import { usePaymentsText } from '../payments/i18n.ts';
import { useOfflineText } from './i18n.ts';
import { forgetOffline } from './offline.ts';
import './offline.css';

type Booking = components['schemas']['OfflineBooking'];

const VERDICTS = ['CONFIRM', 'REFUSE'] as const;
type Verdict = (typeof VERDICTS)[number];

export function BookingPage() {
  const text = useOfflineText();
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['offline-booking', id],
    queryFn: ({ signal }) => call('get', '/staff/offline-payments/{id}', { params: { id }, signal }),
  });
  return (
    <Main className="desk-main offline-desk">
      <Link to="/staff/offline-payments" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>{(booking) => <Case booking={booking} onConflict={found.refetch} />}</Loaded>
    </Main>
  );
}

function Case({ booking, onConflict }: { booking: Booking; onConflict: () => unknown }) {
  const text = useOfflineText();
  const { kind, amountFen, state, isPayable } = booking;
  const isLate = kind === 'PAYMENT' && state === 'WAITING' && !isPayable;
  return (
    <>
      <PageTitle title={`${text.kinds[kind]} ${formatFen(amountFen)}`} aside={text.states[state]} />
      {isLate && <p className="notice notice-error">{text.late}</p>}
      <Section title={text.facts}>
        <BookingFacts booking={booking} />
      </Section>
      <Section title={text.voucher}>
        <Voucher booking={booking} />
      </Section>
      <Section title={text.decision}>
        <Decision booking={booking} onConflict={onConflict} />
      </Section>
    </>
  );
}

function BookingFacts({ booking }: { booking: Booking }) {
  const text = useOfflineText();
  const { states } = usePaymentsText();
  const { way, reference, movedOn, payer, title, orderKind, orderNumber, enteredBy, createdAt } = booking;
  const { payment, decision, waitingSince } = booking;
  return (
    <Facts
      rows={[
        [text.reference, <code key="reference">{reference}</code>],
        [text.way, text.ways[way]],
        [text.movedOn, movedOn],
        [text.payer, payer ?? '—'],
        [text.column.title, title],
        [text.orderNumber, <code key="order">{orderNumber}</code>],
        [text.orderKind, text.orderKinds[orderKind]],
        [text.enteredBy, enteredBy],
        [text.createdAt, formatTime(createdAt)],
        ...(payment
          ? [
              [
                text.paymentNumber,
                <Link key="payment" to={`/staff/payments/${payment.id}`}>
                  <code>{payment.outTradeNo}</code>
                </Link>,
              ] as const,
              [text.paymentState, states[payment.state]] as const,
            ]
          : []),
        ...(decision
          ? [
              [text.decidedBy, decision.decidedBy] as const,
              [text.decidedAt, formatTime(waitingSince)] as const,
              [
                text.words,
                <span key="words" className="offline-words">
                  {decision.words || '—'}
                </span>,
              ] as const,
            ]
          : []),
      ]}
    />
  );
}

function Voucher({ booking: { id, voucher } }: { booking: Booking }) {
  const text = useOfflineText();
  if (voucher === null) return <p className="muted">{text.noVoucher}</p>;
  return (
    <div className="stack">
      {voucher !== 'application/pdf' && (
        <img
          className="voucher-picture"
          src={link('/staff/offline-payments/{id}/voucher', { id })}
          alt={text.voucher}
        />
      )}
      <div>
        <Button onClick={() => void download(`/staff/offline-payments/${id}/voucher`)}>{text.download}</Button>
      </div>
    </div>
  );
}

function Decision({ booking, onConflict }: { booking: Booking; onConflict: () => unknown }) {
  const text = useOfflineText();
  const hindrance = useHindrance(booking);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, kind, reference, isPayable } = booking;
  const amount = formatFen(booking.amountFen);
  const confirmed = kind === 'PAYMENT' && !isPayable ? 'LATE' : kind;
  const send = async (verdict: Verdict, words: string) => {
    await call('post', '/staff/offline-payments/{id}/decision', { params: { id }, body: { verdict, words } });
    await forgetOffline(queries);
    const done = fill(text.done, { reference, verdict: text.verdicts[verdict] });
    void navigate('/staff/offline-payments', { state: { done } });
  };
  if (hindrance) return <p className="notice">{hindrance}</p>;
  return (
    <VerdictForm
      prefix="booking-decision"
      verdicts={VERDICTS}
      refusal="REFUSE"
      effectOf={(verdict) => fill(text.effects[verdict === 'REFUSE' ? 'REFUSE' : confirmed], { amount })}
      questionOf={(verdict) =>
        fill(text.ask, { kind: text.kinds[kind], amount, reference, verdict: text.verdicts[verdict] })
      }
      {...{ text, send, onConflict }}
    />
  );
}

/** Why nobody, or not this reader, can decide now. */
function useHindrance({ state, isOwn, hasEntered }: Booking): string | undefined {
  const text = useOfflineText();
  const { roles } = useMe().data ?? {};
  if (state !== 'WAITING') return fill(text.notWaiting, { state: text.states[state] });
  if (roles !== undefined && !roles.includes('finance')) return text.onlyLooks;
  if (isOwn) return text.ownCase;
  return hasEntered ? text.hasEntered : undefined;
}
