// SPDX-License-Identifier: Apache-2.0
import { Input } from 'antd';
import { call } from '../../api/client.ts';
import { Field } from '../../kit/field.tsx';
import { CodeInput } from './code-input.tsx';
import { type AskForCode, useCodeSending } from './code-sending.ts';
import { useLoginText } from './i18n.ts';
import type { FieldsProps, Purpose } from './password-values.ts';

/** Telephone, and the code that is sent to it. */
export function CodeField({ purpose, values, change, faults }: FieldsProps & { purpose: Purpose }) {
  const text = useLoginText();
  const { phone } = values;
  const ask: AskForCode = (captcha) =>
    call('post', '/sms-codes', { body: { phone, purpose, ...(captcha && { captcha }) }, isProbe: true });
  const sending = useCodeSending(ask, faults);
  return (
    <>
      <Field
        id="password-phone"
        label={text.phone}
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
        id="password-code"
        label={text.code}
        value={values.code}
        onChange={(code) => change({ code })}
        error={faults.sentenceOf('code')}
        sending={sending}
      />
    </>
  );
}
