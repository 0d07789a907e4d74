// SPDX-License-Identifier: Apache-2.0
// 合并支付: one code for several orders, and what became of each of them once it was paid.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import { beginJointPayment, type JointPayment } from './joint-payment.ts';
import { useJointText } from './joint-text.ts';
import { useOfflineText } from './offline-text.ts';
import './orders.css';
import { usePayText } from './pay-text.ts';
import { CHANNELS_QUERY, channelOf, type PayWay, PayWayChoice } from './pay-way.tsx';
import { codeless, PaymentSheet } from './payment-sheet.tsx';

const POLL_MS = 2_000;

export function JointPaymentPage() {
  const { id = '' } = useParams();
  const words = useJointText();
  const queries = useQueryClient();
  const payment = useQuery({
    queryKey: ['joint-payment', id],
    queryFn: ({ signal }) => call('get', '/joint-payments/{id}', { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'PAID' ? false : POLL_MS),
  });
  const isPaid = payment.data?.state === 'PAID';
  useEffect(() => {
    if (!isPaid) return;
    for (const list of ['attestations', 'registrations']) void queries.invalidateQueries({ queryKey: [list] });
  }, [isPaid, queries]);
  return (
    <>
      <PageTitle title={words.title} />
      <Loaded query={payment}>
        {(found) => (
          <>
            <Payment payment={found} />
            <Lists parts={found.parts} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Of the kinds that it pays for. */
function Lists({ parts }: Pick<JointPayment, 'parts'>) {
  const words = useJointText();
  const kinds = (['attestation', 'registration'] as const).filter((kind) => parts.some((part) => part.kind === kind));
  return (
    <p className="actions">
      {kinds.map((kind) => (
        <Link key={kind} to={`/member/${kind}s`}>
          {words.back[kind]}
        </Link>
      ))}
    </p>
  );
}

function Payment({ payment }: { payment: JointPayment }) {
  const words = useJointText();
  const offline = useOfflineText();
  const isPaid = payment.state === 'PAID';
  const waiting = payment.parts.filter(({ waitingOffline }) => waitingOffline !== null).length;
  return (
    <>
      <div role="status">{isPaid && <p className="notice notice-done">{words.paid}</p>}</div>
      {waiting > 0 && <p className="notice">{fill(offline.joint, { count: waiting })}</p>}
      {!isPaid && waiting === 0 && <Pay payment={payment} />}
      <Section title={words.orders} aside={formatFen(payment.amountFen)}>
        <Parts parts={payment.parts} />
        <p className="small">{words.foot}</p>
      </Section>
    </>
  );
}

function Pay({ payment }: { payment: JointPayment }) {
  const text = useAttestationText();
  const words = useJointText();
  const pay = usePayText();
  const { validUntil, payFoot } = codeless(payment) ? pay.phone : text;
  const navigate = useNavigate();
  const orders = payment.parts.map(({ kind, id }) => ({ kind, id }));
  const channels = useQuery(CHANNELS_QUERY).data?.channels ?? [];
  const shown = { channel: channelOf(channels, payment), onPhone: codeless(payment) };
  const renew = useMutation({
    mutationFn: (way?: PayWay) => beginJointPayment(orders, way ?? shown, way === undefined),
    onSuccess: ({ id }) => navigate(`/member/joint-payments/${id}`, { replace: true }),
  });
  return (
    <Section title={text.paySection}>
      {payment.state === 'CLOSED' && <p className="notice">{words.over}</p>}
      <PayWayChoice channels={channels} way={shown} onChoose={renew.mutate} isBusy={renew.isPending} />
      <PaymentSheet payment={payment} renew={{ ...renew, mutate: () => renew.mutate(undefined) }} />
      <Facts
        rows={[
          [text.paymentNumber, <code key="payment">{payment.outTradeNo}</code>],
          [text.channel, text.channels[payment.channel] ?? ''],
          [validUntil, formatTime(payment.expiresAt)],
        ]}
      />
      <p className="small">{payFoot}</p>
    </Section>
  );
}

function Parts({ parts }: Pick<JointPayment, 'parts'>) {
  const text = useAttestationText();
  const words = useJointText();
  const { isWaiting } = useOfflineText();
  const { name, number, paid } = text.column;
  return (
    <table className="rows" aria-label={words.orders}>
      <TableHead columns={[name, number, text.amount, paid]} />
      <tbody>
        {parts.map(({ kind, id, title, orderNumber, amountFen, state, waitingOffline }) => (
          <tr key={id}>
            <td data-label={name} className="work-name">
              <Link to={`/member/${kind}s/${id}`}>{title}</Link>
            </td>
            <td data-label={number} className="one-line">
              <code>{orderNumber}</code>
            </td>
            <td data-label={text.amount} className="one-line">
              {formatFen(amountFen)}
            </td>
            <td data-label={paid} className="one-line">
              {waitingOffline ? isWaiting : words.states[state]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
