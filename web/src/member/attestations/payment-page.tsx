// SPDX-License-Identifier: Apache-2.0
// 支付订单: a code to scan, or a button on a telephone; moves on by itself when the payment is there.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { type Attestation, useAttestation } from '../../api/attestations.ts';
import { call, link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Picture } from '../../kit/picture.tsx';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Failure, Loaded, Loading } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import '../orders/orders.css';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import { PaymentSheet } from '../orders/payment-sheet.tsx';
import { ChainNotice } from './chain-notice.tsx';
import { OrderSteps } from './steps.tsx';

const POLL_MS = 2_000;

export function PaymentPage() {
  const { id = '' } = useParams();
  const attestation = useAttestation(id);
  // Only a payment that this visit waited for is news; an old order is just not payable.
  const wasPayable = useRef(false);
  wasPayable.current ||= attestation.data?.allowed.includes('pay') ?? false;
  return (
    <Loaded query={attestation}>
      {(found) =>
        found.allowed.includes('pay') ? (
          <Pay attestation={found} />
        ) : (
          <NothingToPay attestation={found} wasPayable={wasPayable.current} />
        )
      }
    </Loaded>
  );
}

/** Paid already, perhaps in this moment: to the order. */
function NothingToPay({ attestation, wasPayable }: { attestation: Attestation; wasPayable: boolean }) {
  const text = useAttestationText();
  const navigate = useNavigate();
  const isPaid = attestation.payment?.state === 'PAID';
  const order = `/member/attestations/${attestation.id}`;
  useEffect(() => {
    if (isPaid) void navigate(order, { replace: true, state: { isPaidNow: wasPayable } });
  }, [isPaid, wasPayable, navigate, order]);
  return (
    <>
      <PageTitle title={text.payTitle} about={aboutOf(attestation)} />
      <p className="notice">
        {text.cannotPay} <Link to={order}>{text.goOrder}</Link>
      </p>
    </>
  );
}

function Pay({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const { id, files, display, form } = attestation;
  const { payment, renew } = usePayment(attestation);
  const [image] = display;
  const picture = image && link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId: image.uploadId });
  return (
    <>
      <PageTitle title={text.payTitle} about={aboutOf(attestation)} />
      <ChainNotice id={attestation.id} />
      <OrderSteps attestation={attestation} current={2} />
      <Section title={text.paySection}>
        <div className="pay-work">
          <Picture source={picture} />
          <div>
            <strong>{form.title}</strong>
            <div className="small">{fill(text.fileCount, { count: files.length })}</div>
          </div>
        </div>
        {payment.data && <PaymentSheet payment={payment.data} renew={renew} />}
        {!payment.data && payment.error && <Failure error={payment.error} onRetry={payment.refetch} />}
        {!payment.data && !payment.error && <Loading />}
        <Facts
          rows={[
            [text.orderNumber, <code key="order">{attestation.orderNumber}</code>],
            [text.paymentNumber, <code key="payment">{payment.data?.outTradeNo ?? ''}</code>],
            [text.channel, text.channels[payment.data?.channel ?? ''] ?? ''],
            [text.validUntil, payment.data ? formatTime(payment.data.expiresAt) : ''],
          ]}
        />
        <p className="small">{text.payFoot}</p>
      </Section>
    </>
  );
}

/** The live payment, polled; the order is read again once it is paid. */
function usePayment({ id }: Attestation) {
  const attestation = useAttestation(id);
  const begin = (isRenewal: boolean) =>
    call('post', '/attestations/{id}/payments', {
      params: { id },
      body: { channel: 'sandbox', ...(isRenewal && { renew: true }) },
    });
  const begun = useQuery({
    queryKey: ['payment-begun', id],
    queryFn: () => begin(false),
    gcTime: 0,
    // It begins a payment: once for each visit of the page.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const current = useQuery({
    queryKey: ['payment', id],
    queryFn: ({ signal }) => call('get', '/attestations/{id}/payments/current', { params: { id }, signal }),
    enabled: begun.data !== undefined,
    refetchInterval: POLL_MS,
    gcTime: 0,
  });
  const renew = useMutation({ mutationFn: () => begin(true), onSuccess: () => current.refetch() });
  const isPaid = current.data?.state === 'PAID';
  const { refetch } = attestation;
  useEffect(() => {
    if (isPaid) void refetch();
  }, [isPaid, refetch]);
  const payment = { ...begun, data: current.data ?? begun.data };
  return { payment, renew };
}
