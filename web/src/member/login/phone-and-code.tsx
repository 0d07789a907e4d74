// SPDX-License-Identifier: Apache-2.0
// A telephone, and the code that is sent to it.
import { Input } from 'antd';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { CodeInput } from './code-input.tsx';
import { type AskForCode, useCodeSending } from './code-sending.ts';

interface Values {
  phone: string;
  code: string;
}

interface PhoneAndCodeProps {
  /** Of the form: `<prefix>-phone` and `<prefix>-code` are the fields. */
  prefix: string;
  labels: Values;
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
  ask: AskForCode;
}

export function PhoneAndCode({ prefix, labels, values, change, faults, ask }: PhoneAndCodeProps) {
  const { phone } = values;
  const sending = useCodeSending(ask, faults);
  return (
    <>
      <Field
        id={`${prefix}-phone`}
        label={labels.phone}
        isRequired
        error={faults.sentenceOf('phone')}
        cleaned={{ as: 'number', value: phone, onChange: (typed) => change({ phone: typed }) }}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="tel"
            value={phone}
            onChange={(event) => change({ phone: event.target.value })}
          />
        )}
      </Field>
      <CodeInput
        id={`${prefix}-code`}
        label={labels.code}
        value={values.code}
        onChange={(code) => change({ code })}
        error={faults.sentenceOf('code')}
        sending={sending}
      />
    </>
  );
}
