// SPDX-License-Identifier: Apache-2.0
// 申请退款: whether the money of a returned order can be asked for, how the request stands, and the way to take it back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import {
  askRefund,
  type RefundableKind,
  type RefundRequest,
  type RefundRequests,
  useRefundRequests,
  withdrawRefundRequest,
} from '../../api/refund-requests.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { formatFen } from '../../kit/money.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { WithdrawButton } from '../../kit/withdraw-button.tsx';
import { formatTime } from '../../ui/format.ts';
import { useRefundText } from './i18n.ts';

export interface RefundSectionProps {
  kind: RefundableKind;
  id: string;
  /** Of the order. */
  state: string;
}

export function RefundSection(props: RefundSectionProps) {
  const { data } = useRefundRequests(props.kind, props.id, props.state);
  const queries = useQueryClient();
  const newest = data?.items[0]?.state;
  const { kind, id } = props;
  // What finance decides changes the order too.
  useEffect(() => {
    if (newest === 'GRANTED') void queries.invalidateQueries({ queryKey: [kind, id] });
  }, [newest, kind, id, queries]);
  if (!data || (!data.canAsk && data.items.length === 0)) return null;
  return <Requests {...props} requests={data} />;
}

function Requests({ requests: { canAsk, items }, ...order }: RefundSectionProps & { requests: RefundRequests }) {
  const text = useRefundText();
  const [isAsking, setAsking] = useState(false);
  const [newest] = items;
  return (
    <Section title={text.title}>
      <div role="status">{newest ? <Newest request={newest} /> : <p>{text.lead}</p>}</div>
      {newest?.state === 'OPEN' && <Withdrawal {...order} />}
      {canAsk && !isAsking && (
        <div className="sticky-buttons">
          <Button size="large" onClick={() => setAsking(true)}>
            {newest ? text.askAgain : text.ask}
          </Button>
        </div>
      )}
      {canAsk && isAsking && <AskForm {...order} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function Newest({ request: { requestNumber, state, amountFen, createdAt, answer } }: { request: RefundRequest }) {
  const text = useRefundText();
  const isRefused = state === 'REFUSED';
  const word = isRefused ? fill(text.refusedBecause, { answer: answer ?? '' }) : text.states[state];
  const hint = isRefused ? text.refusedHint : state === 'OPEN' ? text.openHint : undefined;
  return (
    <>
      <Facts
        rows={[
          [text.state, word],
          [text.number, <code key="number">{requestNumber}</code>],
          [text.amount, formatFen(amountFen)],
          [text.askedAt, formatTime(createdAt)],
          ...(state === 'GRANTED' && answer ? [[text.answer, answer] as const] : []),
        ]}
      />
      {hint && <p className="small">{hint}</p>}
    </>
  );
}

function useRefetch({ kind, id }: RefundSectionProps) {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['refund-requests', kind, id] });
    await queries.invalidateQueries({ queryKey: [kind, id] });
  };
}

function AskForm({ onClose, ...order }: RefundSectionProps & { onClose: () => void }) {
  const text = useRefundText();
  const refetch = useRefetch(order);
  const [reason, setReason] = useState('');
  const faults = useFaults({ prefix: 'refund', labelOf: () => text.reason });
  const ask = useMutation({
    mutationFn: () => askRefund(order.kind, order.id, reason),
    onSuccess: async () => {
      onClose();
      await refetch();
    },
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending) ask.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <ErrorList {...faults} />
      <TextArea
        {...{ field: 'reason', label: text.reason, value: reason, faults, isRequired: true, isWide: true }}
        maxLength={500}
        hint={text.reasonHint}
        onChange={(typed) => {
          setReason(typed);
          faults.clear('reason');
        }}
      />
      <div className="sticky-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={ask.isPending}>
          {text.send}
        </Button>
        <Button size="large" onClick={onClose}>
          {text.no}
        </Button>
      </div>
    </form>
  );
}

function Withdrawal(order: RefundSectionProps) {
  const text = useRefundText();
  const refetch = useRefetch(order);
  return (
    <div className="sticky-buttons">
      <WithdrawButton
        text={text}
        size="large"
        withdraw={() => withdrawRefundRequest(order.kind, order.id)}
        onDone={refetch}
      />
    </div>
  );
}
