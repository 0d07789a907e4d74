// SPDX-License-Identifier: Apache-2.0
// 支付订单, whatever kind of order: a code to scan, or a button on a telephone; moves on by itself when the payment is
// there.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Payment } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { Picture } from '../../kit/picture.tsx';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Failure, Loaded, Loading } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import { BankTransfer, OfflineNotice, type WaitingOffline } from './offline.tsx';
import './orders.css';
import { usePayText } from './pay-text.ts';
import { CHANNELS_QUERY, type Channel, channelOf, isPhone, type PayWay, PayWayChoice } from './pay-way.tsx';
import { codeless, PaymentSheet } from './payment-sheet.tsx';

type OrderKind = 'attestation' | 'registration';

interface PayableOrder {
  id: string;
  orderNumber: string;
  form: { title: string };
  allowed: readonly string[];
  payment: Payment | null;
  waitingOffline: WaitingOffline | null;
}

interface PayWhenDueProps<Order extends PayableOrder> {
  kind: OrderKind;
  query: { data: Order | undefined; error: unknown; refetch: () => unknown };
  words: { cannotPay: string; goOrder: string };
  children: (order: Order) => ReactNode;
}

/** The page of a payment that is due; an order that is paid already leads to its own page. */
export function PayWhenDue<Order extends PayableOrder>({ kind, query, words, children }: PayWhenDueProps<Order>) {
  const text = useAttestationText();
  // Only a payment that this visit waited for is news; an old order is just not payable.
  const wasPayable = useRef(false);
  wasPayable.current ||= query.data?.allowed.includes('pay') ?? false;
  return (
    <Loaded query={query}>
      {(order) => (
        <>
          <PageTitle title={text.payTitle} about={{ title: order.form.title, number: order.orderNumber }} />
          {order.allowed.includes('pay') ? (
            children(order)
          ) : (
            <NothingToPay
              page={`/member/${kind}s/${order.id}`}
              isPaid={order.payment?.state === 'PAID'}
              wasPayable={wasPayable.current}
              words={words}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

interface NothingToPayProps extends Pick<PayWhenDueProps<PayableOrder>, 'words'> {
  page: string;
  isPaid: boolean;
  wasPayable: boolean;
}

/** Paid already, perhaps in this moment: to the order. */
function NothingToPay({ page, isPaid, wasPayable, words }: NothingToPayProps) {
  const navigate = useNavigate();
  useEffect(() => {
    if (isPaid) void navigate(page, { replace: true, state: { isPaidNow: wasPayable } });
  }, [isPaid, wasPayable, navigate, page]);
  return (
    <p className="notice">
      {words.cannotPay} <Link to={page}>{words.goOrder}</Link>
    </p>
  );
}

interface PaySectionProps {
  kind: OrderKind;
  order: PayableOrder;
  picture: string | undefined;
  /** What is paid for, in a few words. */
  about: string;
  labels: { orderNumber: string; paymentNumber: string };
}

export function PaySection({ picture, about, ...paid }: PaySectionProps) {
  const text = useAttestationText();
  const { orderNumber, form, waitingOffline } = paid.order;
  return (
    <>
      <Section title={text.paySection}>
        <div className="pay-work">
          <Picture source={picture} />
          <div>
            <strong>{form.title}</strong>
            <div className="small">{about}</div>
          </div>
        </div>
        {waitingOffline ? <OfflineNotice waiting={waitingOffline} /> : <CodeOf {...paid} />}
      </Section>
      {!waitingOffline && <BankTransfer orderNumber={orderNumber} />}
    </>
  );
}

type CodeProps = Pick<PaySectionProps, 'kind' | 'order' | 'labels'>;

function CodeOf(props: CodeProps) {
  const channels = useQuery(CHANNELS_QUERY);
  return <Loaded query={channels}>{(found) => <Code {...props} channels={found.channels} />}</Loaded>;
}

function Code({ kind, order, labels, channels }: CodeProps & { channels: readonly Channel[] }) {
  const text = useAttestationText();
  const [way, setWay] = useState<PayWay>(() => ({ channel: channelOf(channels, order.payment), onPhone: isPhone() }));
  const { payment, renew } = usePayment(kind, order.id, way);
  const pay = usePayText();
  const words = payment.data && codeless(payment.data) ? pay.phone : text;
  return (
    <>
      <PayWayChoice channels={channels} way={way} onChoose={setWay} />
      {payment.data && <PaymentSheet payment={payment.data} renew={renew} />}
      {!payment.data && payment.error && <Failure error={payment.error} onRetry={payment.refetch} />}
      {!payment.data && !payment.error && <Loading />}
      <Facts
        rows={[
          [labels.orderNumber, <code key="order">{order.orderNumber}</code>],
          [labels.paymentNumber, <code key="payment">{payment.data?.outTradeNo ?? ''}</code>],
          [text.channel, text.channels[payment.data?.channel ?? ''] ?? ''],
          [words.validUntil, payment.data ? formatTime(payment.data.expiresAt) : ''],
        ]}
      />
      <p className="small">{words.payFoot}</p>
    </>
  );
}

const POLL_MS = 1_500;

/** A code to scan, or a payment on the telephone: the one that is live, or another. */
function begin(kind: OrderKind, id: string, way: PayWay & { renew?: boolean }): Promise<Payment> {
  const options = { params: { id }, body: way };
  return kind === 'attestation'
    ? call('post', '/attestations/{id}/payments', options)
    : call('post', '/registrations/{id}/payments', options);
}

function readCurrent(kind: OrderKind, id: string, signal: AbortSignal): Promise<Payment> {
  const options = { params: { id }, signal };
  return kind === 'attestation'
    ? call('get', '/attestations/{id}/payments/current', options)
    : call('get', '/registrations/{id}/payments/current', options);
}

/** The live payment, polled; the order is read again once it is paid. */
function usePayment(kind: OrderKind, id: string, way: PayWay) {
  const queries = useQueryClient();
  const begun = useQuery({
    queryKey: ['payment-begun', id, way],
    queryFn: () => begin(kind, id, way),
    gcTime: 0,
    // It begins a payment: once for each visit of the page.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const current = useQuery({
    queryKey: ['payment', id, way],
    queryFn: ({ signal }) => readCurrent(kind, id, signal),
    enabled: begun.data !== undefined,
    refetchInterval: POLL_MS,
    gcTime: 0,
  });
  const renew = useMutation({
    mutationFn: () => begin(kind, id, { ...way, renew: true }),
    onSuccess: () => current.refetch(),
  });
  const isPaid = current.data?.state === 'PAID';
  useEffect(() => {
    if (isPaid) void queries.refetchQueries({ queryKey: [kind, id] });
  }, [isPaid, queries, kind, id]);
  const payment = { ...begun, data: current.data ?? begun.data };
  return { payment, renew };
}
