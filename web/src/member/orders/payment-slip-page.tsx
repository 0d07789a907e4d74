// SPDX-License-Identifier: Apache-2.0
// 收款收据, to be printed; and what became of the money when it went back.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { moneyTime } from '../../orders/paid-at.ts';
import { useDiscountWords } from '../../orders/price-words.ts';
import { jointWords } from './joint-payment.ts';
import { useJointText } from './joint-text.ts';
import { useSlipText } from './slip-text.ts';

type PaymentSlip = components['schemas']['PaymentSlip'];

export const AttestationSlipPage = () => <SlipPage kind="attestation" />;
export const RegistrationSlipPage = () => <SlipPage kind="registration" />;

function SlipPage({ kind }: Pick<SlipLinkProps, 'kind'>) {
  const text = useSlipText();
  const { id = '' } = useParams();
  const slip = useQuery({
    queryKey: ['payment-slip', id],
    queryFn: ({ signal }) =>
      kind === 'attestation'
        ? call('get', '/attestations/{id}/payment-slip', { params: { id }, signal })
        : call('get', '/registrations/{id}/payment-slip', { params: { id }, signal }),
  });
  return (
    <>
      <PageTitle title={text.title} />
      <Loaded query={slip}>{(found) => <Slip slip={found} />}</Loaded>
      <p className="no-print">
        <Link to={`/member/${kind}s/${id}`}>{text.back}</Link>
      </p>
    </>
  );
}

function Slip({ slip }: { slip: PaymentSlip }) {
  const text = useSlipText();
  const joint = useJointText();
  const language = useLanguage();
  const { channels } = useAttestationText();
  const discountWords = useDiscountWords();
  return (
    <>
      <Section title={text.section}>
        <Facts
          rows={[
            [text.number, <code key="number">{slip.number}</code>],
            [text.paidAt, moneyTime(slip.channel, slip.paidAt)],
            [text.payer, slip.payer],
            [text.payee, slip.payee[language]],
            [text.item, fill(text.items[slip.orderKind], { title: slip.title })],
            [text.order, <code key="order">{slip.orderNumber}</code>],
            [text.amount, formatFen(slip.amountFen)],
            ...(slip.discount ? [[text.discount, discountWords(slip.discount)] as const] : []),
            [
              text.words,
              <span key="words" lang="zh-CN">
                {slip.amountWords}
              </span>,
            ],
            [text.channel, channels[slip.channel] ?? slip.channel],
            [text.payment, <code key="payment">{slip.outTradeNo}</code>],
            ...(slip.joint ? [[joint.title, jointWords(slip.joint, joint)] as const] : []),
          ]}
        />
        <p className="small">{text.noInvoice}</p>
      </Section>
      {slip.refund && <Refund slip={slip} refund={slip.refund} />}
      <div className="sticky-buttons no-print">
        <Button type="primary" size="large" onClick={() => window.print()}>
          {text.print}
        </Button>
      </div>
    </>
  );
}

function Refund({ slip, refund }: { slip: PaymentSlip; refund: NonNullable<PaymentSlip['refund']> }) {
  const text = useSlipText();
  const { refunds } = useAttestationText();
  return (
    <Section title={text.refund}>
      <Facts
        rows={[
          [text.refundNumber, <code key="number">{refund.number}</code>],
          [text.refundState, refunds[refund.state]],
          [text.refundAmount, formatFen(slip.amountFen)],
          [text.refundedAt, refund.refundedAt === null ? '—' : moneyTime(slip.channel, refund.refundedAt)],
        ]}
      />
    </Section>
  );
}

interface SlipLinkProps {
  kind: PaymentSlip['orderKind'];
  id: string;
}

/** On the page of an order that was paid. */
export function SlipLink({ kind, id }: SlipLinkProps) {
  const text = useSlipText();
  return (
    <p>
      <Link to={`/member/${kind}s/${id}/payment-slip`}>{text.open}</Link>
    </p>
  );
}
