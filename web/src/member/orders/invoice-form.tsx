// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { Checkbox, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import type { components } from '../../api/schema.gen.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { SaveButton } from '../../kit/save-button.tsx';
import { Section } from '../../kit/section.tsx';
import { WithdrawButton } from '../../kit/withdraw-button.tsx';
import { useInvoiceText } from './invoice-text.ts';

type Body = components['schemas']['InvoiceForm'];
type Details = components['schemas']['InvoiceDetails']['details'];

const NATURES = ['ORGANISATION', 'PERSON'] as const;
const EMPTY = {
  ...{ nature: 'ORGANISATION' as (typeof NATURES)[number], name: '', taxNumber: '', isCodeConfirmed: false },
  ...{ email: '', address: '', phone: '', bank: '' },
};

type Values = typeof EMPTY;

interface InvoiceFormProps {
  initial: Details;
  save: (body: Body) => Promise<unknown>;
  remove: () => Promise<unknown>;
  /** Reads again. */
  onChanged: () => Promise<unknown>;
}

export function InvoiceForm({ initial, save, remove, onChanged }: InvoiceFormProps) {
  const text = useInvoiceText();
  const [values, setValues] = useState<Values>({ ...EMPTY, ...initial, taxNumber: initial?.taxNumber ?? '' });
  const labels: Record<string, unknown> = text;
  const faults = useFaults({ prefix: 'invoice', labelOf: (field) => String(labels[field] ?? field) });
  const change = (part: Partial<Values>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const send = useMutation({
    mutationFn: () => {
      const { taxNumber, ...rest } = filledIn(values);
      return save(
        values.nature === 'PERSON' ? { ...rest, taxNumber: null, isCodeConfirmed: false } : { ...rest, taxNumber },
      );
    },
    onError: faults.fail,
    onSuccess: async () => {
      faults.clear();
      await onChanged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!send.isPending) send.mutate();
  };
  return (
    <Section title={text.section}>
      <form className="form" onSubmit={submit} noValidate>
        <ErrorList {...faults} />
        <div role="status">{send.isSuccess && <p className="notice notice-done">{text.saved}</p>}</div>
        <Fields {...{ values, change, faults }} />
        <div className="form-actions">
          <SaveButton label={text.save} isSending={send.isPending} isWaiting={false} />
          {initial && (
            <WithdrawButton
              text={text}
              size="large"
              withdraw={remove}
              onDone={async () => {
                setValues(EMPTY);
                send.reset();
                await onChanged();
              }}
            />
          )}
        </div>
      </form>
    </Section>
  );
}

interface FieldsProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
}

function Fields({ values, change, faults }: FieldsProps) {
  const text = useInvoiceText();
  const entry = (field: 'name' | 'email' | 'address' | 'phone' | 'bank', maxLength: number) => ({
    ...{ field, label: text[field], value: values[field], faults, maxLength },
    onChange: (typed: string) => change({ [field]: typed }),
  });
  return (
    <div className="form-two">
      <Field id="invoice-nature" label={text.nature} isRequired isGroup>
        {() => (
          <Radio.Group
            aria-labelledby="invoice-nature-label"
            value={values.nature}
            options={NATURES.map((value) => ({ value, label: text.natures[value] }))}
            onChange={({ target }) => change({ nature: target.value })}
          />
        )}
      </Field>
      <TextInput {...entry('name', 100)} isRequired />
      {values.nature === 'ORGANISATION' && <TaxNumber {...{ values, change, faults }} />}
      <TextInput {...entry('email', 120)} isRequired />
      <TextInput {...entry('address', 200)} hint={text.optional} />
      <TextInput {...entry('phone', 40)} hint={text.optional} />
      <TextInput {...entry('bank', 200)} hint={text.optional} />
    </div>
  );
}

/** A code that breaks the rule of its own check character is asked about, and taken when somebody confirms it. */
function TaxNumber({ values, change, faults }: FieldsProps) {
  const text = useInvoiceText();
  const isDoubted = faults.error?.errors.some(({ field, code }) => field === 'taxNumber' && code === 'checksum-wrong');
  return (
    <div className="stack">
      <TextInput
        {...{ field: 'taxNumber', label: text.taxNumber, value: values.taxNumber, faults, maxLength: 40 }}
        isRequired
        hint={text.taxHint}
        onChange={(taxNumber) => change({ taxNumber })}
      />
      {(isDoubted || values.isCodeConfirmed) && (
        <div className="notice" role="status">
          <p>{text.codeDoubt}</p>
          <Checkbox
            checked={values.isCodeConfirmed}
            onChange={(event) => change({ isCodeConfirmed: event.target.checked })}
          >
            {text.isCodeConfirmed}
          </Checkbox>
        </div>
      )}
    </div>
  );
}
