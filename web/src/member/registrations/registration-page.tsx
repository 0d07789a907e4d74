// SPDX-License-Identifier: Apache-2.0
// 登记详情: how the registration stands, what happens next, and what was submitted.
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { type Registration, useRegistration } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useAmountWords } from '../../orders/price-words.ts';
import { ReceiptSection } from '../../orders/receipt-section.tsx';
import { RegistrationFacts } from '../../orders/registration-facts.tsx';
import { aboutRegistration } from '../../orders/registration-labels.ts';
import { RegistrationStateText } from '../../orders/state-text.tsx';
import { RegistrationTimeline } from '../../orders/timeline.tsx';
import { formatTime } from '../../ui/format.ts';
import { DownloadButton } from '../orders/download-button.tsx';
import '../orders/orders.css';
import { InvoiceLink } from '../orders/invoice-page.tsx';
import { jointWords } from '../orders/joint-payment.ts';
import { useJointText } from '../orders/joint-text.ts';
import { OfflineNotice } from '../orders/offline.tsx';
import { SlipLink } from '../orders/payment-slip-page.tsx';
import { useSelf } from '../orders/use-self.ts';
import { RefundSection } from '../refunds/refund-section.tsx';
import { VersionSection } from '../versions/version-section.tsx';
import { EndRegistration } from './end-registration.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { RegistrationDocuments } from './registration-documents.tsx';
import { RegistrationNotice } from './registration-notice.tsx';
import { RegistrationSteps } from './steps.tsx';

export function RegistrationPage() {
  const { id = '' } = useParams();
  return <Loaded query={useRegistration(id)}>{(found) => <Details registration={found} />}</Loaded>;
}

function Details({ registration }: { registration: Registration }) {
  const text = useMyRegistrationText();
  const orders = useAttestationText();
  const self = useSelf();
  const { state: arrival } = useLocation();
  const { state, round, form, payment, waitingOffline } = registration;
  return (
    <>
      <PageTitle title={text.orderTitle} about={aboutRegistration(registration)} aside={registration.orderNumber} />
      <div role="status">
        {arrival?.isPaidNow && round === 1 && state === 'INITIAL_REVIEW' && (
          <p className="notice notice-done">{text.paidNow}</p>
        )}
      </div>
      <RegistrationSteps registration={registration} />
      <RegistrationNotice registration={registration} />
      <Section title={orders.state}>
        <p role="status">
          {fill(text.stateNow, { state: '' })}
          <RegistrationStateText state={state} /> {!waitingOffline && text.nextSteps[state]}
        </p>
        {waitingOffline && <OfflineNotice waiting={waitingOffline} />}
        {payment?.state === 'REFUND_FAILED' && <p className="notice">{orders.refundFailed}</p>}
        <Actions registration={registration} />
      </Section>
      {payment?.paidAt && <RefundSection kind="registration" id={registration.id} state={state} />}
      {(state === 'REGISTERED' || state === 'REVOKED') && <VersionSection registration={registration} />}
      <Section title={orders.progress} aside={fill(orders.roundOf, { round })}>
        <RegistrationTimeline history={registration.history} form={form} />
      </Section>
      <Section title={text.orderSection}>
        <Order registration={registration} />
        {registration.history.some(({ step }) => step === 'paid') && (
          <SlipLink kind="registration" id={registration.id} />
        )}
        {payment?.state === 'PAID' && <InvoiceLink kind="registration" id={registration.id} />}
      </Section>
      <ReceiptSection address={`/registrations/${registration.id}`} receipt={registration.receipt} />
      <RegistrationFacts
        form={form}
        self={self}
        rightHolders={registration.rightHolders}
        aside={fill(orders.fromWork, { number: registration.workSerial })}
      />
      <Section title={text.documents}>
        <RegistrationDocuments registration={registration} />
      </Section>
    </>
  );
}

function Order({ registration }: { registration: Registration }) {
  const text = useMyRegistrationText();
  const orders = useAttestationText();
  const joint = useJointText();
  const amountWords = useAmountWords();
  const { payment, fee, state, submittedAt, registeredAt } = registration;
  const refund = payment && orders.refunds[payment.state as keyof typeof orders.refunds];
  const isPaid = payment?.paidAt ? orders.paid : orders.unpaid;
  const amount = fee.priceFen === 0 && !fee.discount ? text.free : amountWords(fee.priceFen, fee.discount);
  const none = '—';
  return (
    <Facts
      rows={[
        [text.orderNumber, <code key="order">{registration.orderNumber}</code>],
        [text.registrationNumber, <code key="number">{registration.registrationNumber ?? none}</code>],
        [text.amount, fee.waivedBy ? fill(text.waivedBy, { number: fee.waivedBy }) : amount],
        ...(fee.priceFen === 0
          ? []
          : [
              [text.paymentNumber, <code key="payment">{payment?.outTradeNo ?? none}</code>] as const,
              ...(payment?.joint ? [[joint.title, jointWords(payment.joint, joint)] as const] : []),
              [orders.column.paid, state === 'DRAFT' ? none : (refund ?? isPaid)] as const,
              [orders.channel, (payment?.paidAt && orders.channels[payment.channel]) || none] as const,
            ]),
        [text.submittedAt, submittedAt ? formatTime(submittedAt) : none],
        [text.registeredAt, registeredAt ? formatTime(registeredAt) : none],
      ]}
    />
  );
}

function Actions({ registration }: { registration: Registration }) {
  const text = useMyRegistrationText();
  const orders = useAttestationText();
  const navigate = useNavigate();
  const [ending, setEnding] = useState<'withdraw' | 'delete'>();
  const { id, allowed, certificate, waitingOffline } = registration;
  const page = `/member/registrations/${id}`;
  const to = (path: string, label: string) => (
    <Button type="primary" size="large" onClick={() => void navigate(path)}>
      {label}
    </Button>
  );
  const end = (how: 'withdraw' | 'delete', label: string) => (
    <Button size="large" onClick={() => setEnding(how)}>
      {label}
    </Button>
  );
  return (
    <div className="sticky-buttons">
      {allowed.includes('download') && <DownloadButton of={`/registrations/${id}`} kind="certificate" isMain />}
      {certificate && <Link to={`${page}/certificate`}>{orders.certificateTitle}</Link>}
      {allowed.includes('pay') && !waitingOffline && to(`${page}/payment`, text.pay)}
      {allowed.includes('edit') && to(`${page}/edit`, allowed.includes('resubmit') ? text.mend : text.goOn)}
      {allowed.includes('withdraw') && end('withdraw', text.withdraw)}
      {allowed.includes('delete') && end('delete', text.remove)}
      <EndRegistration id={id} ending={ending} onClose={() => setEnding(undefined)} />
    </div>
  );
}
