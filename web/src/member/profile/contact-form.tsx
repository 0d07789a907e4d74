// SPDX-License-Identifier: Apache-2.0
// 修改资料: e-mail and address, beginning with what is on record. The person stays as verified.
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { useProfileText } from './i18n.ts';

type Contact = components['schemas']['Contact'];

interface ContactFormProps {
  initial: Contact;
  onSaved: (identity: components['schemas']['Identity']) => Promise<void>;
  onCancel: () => void;
}

export function ContactForm({ initial, onSaved, onCancel }: ContactFormProps) {
  const text = useProfileText();
  const { values, change, current } = useFormValues(initial, (field) => faults.clear(field));
  const [isSending, setSending] = useState(false);
  const labels: Record<string, unknown> = text;
  const faults = useFaults({ prefix: 'contact', labelOf: (field) => String(labels[field] ?? field) });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      await onSaved(await call('put', '/identity/contact', { body: current() }));
    } catch (error) {
      faults.fail(error);
      setSending(false);
    }
  };
  const input = (name: keyof Contact, autoComplete: string) => (
    <Field
      id={`contact-${name}`}
      label={text[name]}
      isRequired
      error={faults.sentenceOf(name)}
      cleaned={{ as: 'line', value: values[name], onChange: (value) => change({ [name]: value }) }}
    >
      {(control) => (
        <Input
          {...control}
          type={name === 'email' ? 'email' : 'text'}
          autoComplete={autoComplete}
          value={values[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        {input('email', 'email')}
        {input('address', 'street-address')}
      </div>
      <div className="form-actions">
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {text.save}
        </Button>
        <Button size="large" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}
