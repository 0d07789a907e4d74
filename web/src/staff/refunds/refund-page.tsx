// SPDX-License-Identifier: Apache-2.0
// One refund request: what the owner says, what was paid, why the order was returned, and the decision.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffRefundRequest } from '../../api/refund-requests.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useLabelOf } from '../../orders/labels.ts';
import { moneyTime } from '../../orders/paid-at.ts';
import { useRegistrationLabelOf } from '../../orders/registration-labels.ts';
import { ReasonLine } from '../../orders/review-notice.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { usePaymentsText } from '../payments/i18n.ts';
import { useRefundDeskText } from './i18n.ts';
import { RefundDecision } from './refund-decision.tsx';
import './refunds.css';

export function RefundPage() {
  const text = useRefundDeskText();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['staff-refund-request', id],
    queryFn: ({ signal }) => call('get', '/staff/refund-requests/{id}', { params: { id }, signal }),
  });
  const refetch = async () => {
    await found.refetch();
    await queries.invalidateQueries({ queryKey: ['staff-refund-requests'] });
  };
  return (
    <Main className="desk-main refund-desk">
      <Link to="/staff/refund-requests" className="desk-back">
        ← {text.back}
      </Link>
      <Loaded query={found}>{(request) => <Case request={request} onConflict={refetch} />}</Loaded>
    </Main>
  );
}

function Case({ request, onConflict }: { request: StaffRefundRequest; onConflict: () => unknown }) {
  const text = useRefundDeskText();
  const { title, requestNumber, state, orderKind, orderNumber, applicant, createdAt, reason } = request;
  return (
    <>
      <PageTitle title={title} aside={`${text.states[state]} · ${text.kinds[orderKind]}`} />
      <Section title={text.subject}>
        <Facts
          rows={[
            [text.column.number, <code key="number">{requestNumber}</code>],
            [text.orderNumber, <code key="order">{orderNumber}</code>],
            [text.column.applicant, applicant],
            [text.askedAt, formatTime(createdAt)],
            [
              text.reason,
              <span key="reason" className="refund-words">
                {reason || '—'}
              </span>,
            ],
          ]}
        />
      </Section>
      <Payment request={request} />
      <Section title={text.returns}>
        <Returns request={request} />
      </Section>
      <Section title={text.history}>
        <History decisions={request.decisions} />
      </Section>
      <Section title={text.decision}>
        <RefundDecision request={request} onConflict={onConflict} />
      </Section>
    </>
  );
}

function Payment({ request: { payment } }: { request: StaffRefundRequest }) {
  const text = useRefundDeskText();
  const { states } = usePaymentsText();
  const { outTradeNo, amountFen, channel, paidAt, refundedAt, state } = payment;
  return (
    <Section title={text.payment}>
      <Facts
        rows={[
          [text.amount, formatFen(amountFen)],
          [text.paymentNumber, <code key="number">{outTradeNo}</code>],
          [text.channel, text.channels[channel]],
          [text.paidAt, paidAt ? moneyTime(channel, paidAt) : '—'],
          [text.paymentState, states[state]],
          ...(refundedAt ? [[text.refundedAt, moneyTime(channel, refundedAt)] as const] : []),
        ]}
      />
    </Section>
  );
}

function Returns({ request: { returns, orderKind } }: { request: StaffRefundRequest }) {
  const text = useRefundDeskText();
  const labelOf = { attestation: useLabelOf(), registration: useRegistrationLabelOf() }[orderKind];
  return returns.map(({ round, level, reasons, decidedAt }) => (
    <div key={`${round} ${level}`} className="stack">
      <p>
        {fill(text.round, { round })} {level && text.levels[level]} · {formatTime(decidedAt)}
      </p>
      <ol>
        {reasons.map((reason, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of reasons is shown as it is
          <li key={index}>
            <ReasonLine reason={reason} labelOf={labelOf} />
          </li>
        ))}
      </ol>
    </div>
  ));
}

function History({ decisions }: Pick<StaffRefundRequest, 'decisions'>) {
  const text = useRefundDeskText();
  if (decisions.length === 0) return <p className="muted">{text.noHistory}</p>;
  return (
    <ol>
      {decisions.map(({ decidedBy, verdict, words, decidedAt }) => (
        <li key={decidedBy}>
          {formatTime(decidedAt)} · {decidedBy} · {text.verdicts[verdict]}
          {words && <div className="refund-words">{words}</div>}
        </li>
      ))}
    </ol>
  );
}
