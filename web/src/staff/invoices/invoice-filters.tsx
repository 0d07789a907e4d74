// SPDX-License-Identifier: Apache-2.0
import { Button, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { DayPicker } from '../../kit/day-picker.tsx';
import { leftByTab } from '../../kit/field.tsx';
import { useStaffInvoiceText } from './i18n.ts';

const STATES = ['NEW', 'EXPORTED', 'ALL'] as const;

const stateIn = (address: URLSearchParams) => STATES.find((each) => each === address.get('state')) ?? 'NEW';

export function queryIn(address: URLSearchParams) {
  const state = stateIn(address);
  const named = ['from', 'to', 'cursor'].flatMap((name) => {
    const value = address.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { ...(state !== 'ALL' && { state }), ...Object.fromEntries(named) };
}

interface InvoiceFiltersProps {
  address: URLSearchParams;
  onFilter: (address: URLSearchParams) => void;
}

export function InvoiceFilters({ address, onFilter }: InvoiceFiltersProps) {
  const text = useStaffInvoiceText();
  const [state, setState] = useState<string>(stateIn(address));
  const [from, setFrom] = useState(address.get('from'));
  const [to, setTo] = useState(address.get('to'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter(new URLSearchParams({ state, ...(from && { from }), ...(to && { to }) }));
  };
  return (
    <form className="invoice-filters" onSubmit={submit} {...leftByTab}>
      <Select
        aria-label={text.state}
        value={state}
        options={STATES.map((value) => ({ value: String(value), label: text.states[value] }))}
        onChange={setState}
      />
      <span className="invoice-day">
        <span aria-hidden="true">{text.from}</span>
        <DayPicker aria-label={text.from} value={from} onChange={setFrom} />
      </span>
      <span className="invoice-day">
        <span aria-hidden="true">{text.to}</span>
        <DayPicker aria-label={text.to} value={to} onChange={setTo} />
      </span>
      <Button type="primary" htmlType="submit">
        {text.filter}
      </Button>
    </form>
  );
}
