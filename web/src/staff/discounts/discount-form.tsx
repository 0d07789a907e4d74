// SPDX-License-Identifier: Apache-2.0
// 新建减免. Money is typed in yuan.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { FormEvent } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { Choice, DayInput, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { fenOf } from '../../kit/money.ts';
import { Section } from '../../kit/section.tsx';
import { cleanNumber } from '../../ui/clean.ts';
import { useDiscountText } from './i18n.ts';

type Schemas = components['schemas'];
type Form = Schemas['DiscountForm'];

const KINDS = ['attestation', 'registration'] as const;
const UNITS = ['PERCENT', 'FEN'] as const;

interface Values {
  name: string;
  kind: Form['kind'] | null;
  unit: Form['unit'] | null;
  amount: string;
  from: string | null;
  to: string | null;
  perOwner: string;
  note: string;
}

const EMPTY: Values = {
  ...{ name: '', kind: 'attestation', unit: 'PERCENT', amount: '', from: todayInChina(), to: null },
  ...{ perOwner: '', note: '' },
};

/** `onMade` begins the form anew. */
export function DiscountForm({ onMade }: { onMade: (made: Schemas['Discount']) => void }) {
  const text = useDiscountText();
  const queries = useQueryClient();
  const faults = useFaults({ prefix: 'discount', labelOf: (field) => text.field[field as keyof Values] ?? field });
  const { values, change, current } = useFormValues<Values>(EMPTY, (field) => faults.clear(field));
  const make = useMutation({
    mutationFn: () => call('post', '/staff/discounts', { body: bodyOf(current()) }),
    onSuccess: (made) => {
      onMade(made);
      void queries.invalidateQueries({ queryKey: ['staff-discounts'] });
    },
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate();
  };
  const line = (field: 'name' | 'amount' | 'perOwner' | 'note', maxLength: number, hint: string) => (
    <TextInput
      {...{ field, label: text.field[field], value: values[field], maxLength, hint, faults }}
      isRequired={field !== 'perOwner'}
      isWide
      onChange={(typed) => change({ [field]: typed })}
    />
  );
  const day = (field: 'from' | 'to', hint?: string) => (
    <DayInput
      {...{ field, label: text.field[field], value: values[field], faults, ...(hint && { hint }) }}
      isRequired
      onChange={(chosen) => change({ [field]: chosen })}
    />
  );
  return (
    <Section title={text.make}>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorList {...faults} />
        <div className="form">
          {line('name', 30, text.hints.name)}
          <Choice
            {...{ field: 'kind', label: text.field.kind, value: values.kind, faults, isRequired: true }}
            options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
            onChange={(kind) => change({ kind })}
          />
          <Choice
            {...{ field: 'unit', label: text.field.unit, value: values.unit, faults, isRequired: true }}
            options={UNITS.map((value) => ({ value, label: text.units[value] }))}
            onChange={(unit) => change({ unit })}
          />
          {line('amount', 12, values.unit === 'FEN' ? text.hints.fen : text.hints.percent)}
          {day('from')}
          {day('to', text.hints.to)}
          {line('perOwner', 5, text.hints.perOwner)}
          {line('note', 200, text.hints.note)}
        </div>
        <div className="form-actions">
          <Button type="primary" size="large" htmlType="submit" loading={make.isPending}>
            {text.make}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** The type stays that of the whole form: the portal names what is missing or no number. */
function bodyOf({ amount, unit, perOwner, from, to, ...values }: Values): Form {
  return filledIn({
    ...values,
    unit,
    amount: amount.trim() === '' ? '' : unit === 'FEN' ? fenOf(amount) : wholeIn(amount),
    from: from ?? '',
    to: to ?? '',
    perOwner: perOwner.trim() === '' ? null : wholeIn(perOwner),
  }) as Form;
}

/** JSON has no NaN and writes null: the portal names the field. */
function wholeIn(text: string): number {
  const digits = cleanNumber(text);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
}
