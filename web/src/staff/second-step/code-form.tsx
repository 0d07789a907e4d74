// SPDX-License-Identifier: Apache-2.0
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';

interface CodeFormProps {
  label: string;
  button: string;
  send: (code: string) => Promise<void>;
  /** Digits alone: telephones show their number pad. */
  isNumeric?: boolean;
}

/** One code and one button; a refused code is cleared, for the next one is another. */
export function CodeForm({ label, button, send, isNumeric }: CodeFormProps) {
  const [code, setCode] = useState('');
  const [isSending, setSending] = useState(false);
  const faults = useFaults({ prefix: 'second-step', labelOf: () => label });
  const change = (typed: string) => {
    setCode(typed);
    faults.clear('code');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    send(code)
      .catch((error: unknown) => {
        setCode('');
        faults.fail(error);
      })
      .finally(() => setSending(false));
  };
  return (
    <form className="form second-step-form" onSubmit={submit} noValidate>
      <ErrorList {...faults} />
      <Field id={faults.idOf('code')} label={label} isRequired error={faults.sentenceOf('code')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="one-time-code"
            inputMode={isNumeric ? 'numeric' : 'text'}
            maxLength={20}
            value={code}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={isSending}>
          {button}
        </Button>
      </div>
    </form>
  );
}
