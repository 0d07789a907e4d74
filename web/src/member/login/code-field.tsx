// SPDX-License-Identifier: Apache-2.0
import { call } from '../../api/client.ts';
import { useLoginText } from './i18n.ts';
import type { FieldsProps, Purpose } from './password-values.ts';
import { PhoneAndCode } from './phone-and-code.tsx';

export function CodeField({ purpose, ...form }: FieldsProps & { purpose: Purpose }) {
  const { phone } = form.values;
  return (
    <PhoneAndCode
      {...form}
      prefix="password"
      labels={useLoginText()}
      ask={(captcha) =>
        call('post', '/sms-codes', { body: { phone, purpose, ...(captcha && { captcha }) }, isProbe: true })
      }
    />
  );
}
