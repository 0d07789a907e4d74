// SPDX-License-Identifier: Apache-2.0
// 录入线下收款: the order first, so that its price is compared with the voucher, then what the voucher says.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { formatFen } from '../../kit/money.ts';
import { SaveButton } from '../../kit/save-button.tsx';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useOfflineText } from './i18n.ts';
import { MovedFields, NOTHING_MOVED } from './moved-fields.tsx';
import { forgetOffline } from './offline.ts';
import './offline.css';

type PayableOrder = components['schemas']['OfflinePayableOrder'];

export function EnterPaymentPage() {
  const text = useOfflineText();
  const [order, setOrder] = useState<PayableOrder>();
  return (
    <Main className="desk-main offline-desk">
      <Link to="/staff/offline-payments" className="desk-back">
        ← {text.back}
      </Link>
      <PageTitle title={text.enter} />
      <p className="desk-lead">{text.enterLead}</p>
      <FindOrder onFound={setOrder} />
      {order && <Order key={order.orderNumber} order={order} />}
    </Main>
  );
}

function FindOrder({ onFound }: { onFound: (order: PayableOrder | undefined) => void }) {
  const text = useOfflineText();
  const [orderNumber, setNumber] = useState('');
  const faults = useFaults({ prefix: 'find', labelOf: () => text.orderNumber });
  const find = useMutation({
    mutationFn: () =>
      call('get', '/staff/offline-payments/orders/{orderNumber}', {
        params: { orderNumber: orderNumber.trim() || '0' },
      }),
    onMutate: () => onFound(undefined),
    onSuccess: onFound,
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    faults.clear();
    find.mutate();
  };
  return (
    <form className="form offline-find" onSubmit={submit} noValidate>
      <ErrorList {...faults} />
      <TextInput
        {...{ field: 'orderNumber', label: text.orderNumber, value: orderNumber, faults, isRequired: true }}
        maxLength={40}
        hint={text.orderNumberHint}
        onChange={(typed) => {
          setNumber(typed);
          onFound(undefined);
        }}
      />
      <div className="form-actions">
        <Button htmlType="submit" size="large" loading={find.isPending}>
          {text.find}
        </Button>
      </div>
    </form>
  );
}

function Order({ order }: { order: PayableOrder }) {
  const text = useOfflineText();
  const { title, orderKind, orderNumber, applicant, amountFen, isOwn, isBooked, isPayable } = order;
  const hindrance = isOwn ? text.ownOrder : isBooked ? text.isBooked : isPayable ? undefined : text.notPayable;
  return (
    <>
      <Section title={text.order} aside={text.orderKinds[orderKind]}>
        <Facts
          rows={[
            [text.column.title, title],
            [text.orderNumber, <code key="number">{orderNumber}</code>],
            [text.applicant, applicant],
            [text.price, formatFen(amountFen)],
          ]}
        />
        {hindrance ? <p className="notice">{hindrance}</p> : <p className="small">{text.priceHint}</p>}
      </Section>
      {!hindrance && <PaymentForm order={order} />}
    </>
  );
}

function PaymentForm({ order: { orderNumber, amountFen } }: { order: PayableOrder }) {
  const text = useOfflineText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const labels: Record<string, unknown> = { ...text, voucherId: text.voucher };
  const faults = useFaults({ prefix: 'booking', labelOf: (field) => String(labels[field] ?? field) });
  const [values, setValues] = useState({ ...NOTHING_MOVED, payer: '' });
  const [isSending, setSending] = useState(false);
  const change = (part: Partial<typeof values>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const save = useMutation({
    mutationFn: () => {
      const body = filledIn({ ...values, movedOn: values.movedOn ?? '', orderNumber, amountFen });
      return call('post', '/staff/offline-payments', { body });
    },
    onError: faults.fail,
    async onSuccess() {
      await forgetOffline(queries);
      void navigate('/staff/offline-payments', { state: { done: text.saved } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSending) save.mutate();
  };
  return (
    <Section title={text.voucherFacts}>
      <form className="form" onSubmit={submit} noValidate>
        <ErrorList {...faults} />
        <div className="form-two">
          <TextInput
            {...{ field: 'payer', label: text.payer, value: values.payer, faults, isRequired: true }}
            maxLength={100}
            hint={text.payerHint}
            onChange={(payer) => change({ payer })}
          />
          <MovedFields {...{ values, change, faults }} needsVoucher onSending={setSending} />
        </div>
        <div className="form-actions">
          <SaveButton label={text.save} isSending={save.isPending} isWaiting={isSending} />
        </div>
      </form>
    </Section>
  );
}
