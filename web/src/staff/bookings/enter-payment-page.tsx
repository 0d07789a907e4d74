// SPDX-License-Identifier: Apache-2.0
// 录入线下收款: the order first, so that its price is compared with the voucher, then what the voucher says.
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { formatFen } from '../../kit/money.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useFinding } from '../desk/use-finding.ts';
import { useOfflineText } from './i18n.ts';
import { MovedForm } from './moved-form.tsx';
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
  const { submit, isFinding } = useFinding({
    faults,
    onFound,
    ask: () =>
      call('get', '/staff/offline-payments/orders/{orderNumber}', {
        params: { orderNumber: orderNumber.trim() || '0' },
      }),
  });
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
        <Button htmlType="submit" size="large" loading={isFinding}>
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
  return (
    <MovedForm
      hasPayer
      needsVoucher
      send={(values) =>
        call('post', '/staff/offline-payments', { body: filledIn({ ...values, orderNumber, amountFen }) })
      }
    />
  );
}
