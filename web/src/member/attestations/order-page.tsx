// SPDX-License-Identifier: Apache-2.0
// 订单详情: how the order stands, what happens next, and what is on record.
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { type Attestation, useAttestation } from '../../api/attestations.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import '../orders/orders.css';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import { useAmountWords } from '../../orders/price-words.ts';
import { ReceiptSection } from '../../orders/receipt-section.tsx';
import { ReviewNotice } from '../../orders/review-notice.tsx';
import { StateText } from '../../orders/state-text.tsx';
import { Timeline } from '../../orders/timeline.tsx';
import { DownloadButton } from '../orders/download-button.tsx';
import { InvoiceLink } from '../orders/invoice-page.tsx';
import { jointWords } from '../orders/joint-payment.ts';
import { useJointText } from '../orders/joint-text.ts';
import { OfflineNotice } from '../orders/offline.tsx';
import { SlipLink } from '../orders/payment-slip-page.tsx';
import { RefundSection } from '../refunds/refund-section.tsx';
import { EndOrder } from './end-order.tsx';
import { FileLookup } from './file-lookup.tsx';
import { OrderContent } from './order-content.tsx';
import { OrderSteps } from './steps.tsx';

export function OrderPage() {
  const { id = '' } = useParams();
  const attestation = useAttestation(id);
  return <Loaded query={attestation}>{(found) => <Order attestation={found} />}</Loaded>;
}

function Order({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const joint = useJointText();
  const amountWords = useAmountWords();
  const { state: arrival } = useLocation();
  const { state, review, payment, waitingOffline, submission, round } = attestation;
  // The browser keeps where somebody came from across reloads: what was news then may be long past.
  const isJustPaid = round === 1 && (state === 'PAID' || state === 'UNDER_REVIEW');
  const refund = payment && text.refunds[payment.state as keyof typeof text.refunds];
  const isUnpaid = state === 'SUBMITTED' || state === 'AWAITING_PAYMENT';
  return (
    <>
      <PageTitle title={text.orderTitle} about={aboutOf(attestation)} aside={attestation.orderNumber} />
      <div role="status">
        {arrival?.isPaidNow && isJustPaid && <p className="notice notice-done">{text.paidNow}</p>}
      </div>
      <OrderSteps attestation={attestation} current={isUnpaid ? 2 : state === 'DRAFT' ? 1 : 3} />
      {review && review.decision !== 'APPROVE' && (state === 'RETURNED' || state === 'REJECTED') && (
        <ReviewNotice review={review} />
      )}
      <Section title={text.state}>
        <p role="status">
          <StateText state={state} /> {!waitingOffline && text.nextSteps[state]}
        </p>
        {waitingOffline && <OfflineNotice waiting={waitingOffline} />}
        {payment?.state === 'REFUND_FAILED' && <p className="notice">{text.refundFailed}</p>}
        <Actions attestation={attestation} />
      </Section>
      {attestation.paidAt && <RefundSection kind="attestation" id={attestation.id} state={state} />}
      <Section title={text.progress} aside={fill(text.roundOf, { round })}>
        <Timeline history={attestation.history} />
      </Section>
      <Section title={text.orderSection}>
        <Facts
          rows={[
            [text.orderNumber, <code key="order">{attestation.orderNumber}</code>],
            [text.paymentNumber, <code key="payment">{payment?.outTradeNo ?? '—'}</code>],
            ...(payment?.joint ? [[joint.title, jointWords(payment.joint, joint)] as const] : []),
            [
              text.amount,
              attestation.priceFen === null ? '—' : amountWords(attestation.priceFen, attestation.discount),
            ],
            [text.column.paid, refund ?? (attestation.paidAt ? text.paid : text.unpaid)],
            [text.channel, (attestation.paidAt && payment && text.channels[payment.channel]) || '—'],
            [text.submissionNumber, <code key="submission">{submission?.number ?? '—'}</code>],
          ]}
        />
        {payment?.paidAt && attestation.paidAt && <SlipLink kind="attestation" id={attestation.id} />}
        {payment?.state === 'PAID' && <InvoiceLink kind="attestation" id={attestation.id} />}
      </Section>
      <ReceiptSection address={`/attestations/${attestation.id}`} receipt={attestation.receipt} />
      <OrderContent attestation={attestation} />
      <FileLookup attestation={attestation} />
    </>
  );
}

function Actions({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const navigate = useNavigate();
  const [ending, setEnding] = useState<'cancel' | 'delete'>();
  const { id, allowed, certificate, waitingOffline } = attestation;
  const to = (path: string) => () => void navigate(path);
  return (
    <div className="sticky-buttons">
      {allowed.includes('download') && <DownloadButton of={`/attestations/${id}`} kind="certificate" isMain />}
      {certificate && <Link to={`/member/attestations/${id}/certificate`}>{text.certificateTitle}</Link>}
      {allowed.includes('pay') && !waitingOffline && (
        <Button type="primary" size="large" onClick={to(`/member/attestations/${id}/payment`)}>
          {text.pay}
        </Button>
      )}
      {allowed.includes('edit') && (
        <Button type="primary" size="large" onClick={to(`/member/attest/${id}`)}>
          {allowed.includes('resubmit') ? text.modify : text.goOn}
        </Button>
      )}
      {allowed.includes('cancel') && (
        <Button size="large" onClick={() => setEnding('cancel')}>
          {text.cancelOrder}
        </Button>
      )}
      {allowed.includes('delete') && (
        <Button size="large" onClick={() => setEnding('delete')}>
          {text.remove}
        </Button>
      )}
      <EndOrder attestation={attestation} ending={ending} onClose={() => setEnding(undefined)} />
    </div>
  );
}
