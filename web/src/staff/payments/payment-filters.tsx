// SPDX-License-Identifier: Apache-2.0
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { DayPicker } from '../../kit/day-picker.tsx';
import { leftByTab } from '../../kit/field.tsx';
import { usePaymentsText } from './i18n.ts';
import { PAYMENT_STATES, type PaymentFilters } from './payments.ts';

interface PaymentFilterProps {
  filters: PaymentFilters;
  onFilter: (next: PaymentFilters) => void;
}

export function PaymentFilterForm({ filters, onFilter }: PaymentFilterProps) {
  const text = usePaymentsText();
  const [values, setValues] = useState(filters);
  const set = (name: keyof PaymentFilters) => (value: string | null) =>
    setValues((last) => ({ ...last, [name]: value ?? '' }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter(Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')));
  };
  const options = PAYMENT_STATES.map((value) => ({ value: String(value), label: text.states[value] }));
  return (
    <form className="payment-filters" onSubmit={submit} {...leftByTab}>
      <Input
        aria-label={text.search}
        placeholder={text.search}
        maxLength={64}
        value={values.search ?? ''}
        onChange={({ target }) => set('search')(target.value)}
      />
      <Select
        aria-label={text.state}
        value={values.state ?? ''}
        options={[{ value: '', label: text.allStates }, ...options]}
        onChange={set('state')}
      />
      <span className="payment-day">
        <span aria-hidden="true">{text.from}</span>
        <DayPicker aria-label={text.from} value={values.from || null} onChange={set('from')} />
      </span>
      <span className="payment-day">
        <span aria-hidden="true">{text.to}</span>
        <DayPicker aria-label={text.to} value={values.to || null} onChange={set('to')} />
      </span>
      <span className="payment-filter-actions">
        <Button type="primary" htmlType="submit">
          {text.filter}
        </Button>
        {Object.keys(filters).length > 0 && <Button onClick={() => onFilter({})}>{text.clear}</Button>}
      </span>
    </form>
  );
}
