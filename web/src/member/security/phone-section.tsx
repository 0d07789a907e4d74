// SPDX-License-Identifier: Apache-2.0
// 更换手机: a code to the new number, and a code to the old one or, when that is lost, the password.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { Section } from '../../kit/section.tsx';
import { CodeInput } from '../login/code-input.tsx';
import { type AskForCode, useCodeSending } from '../login/code-sending.ts';
import { PhoneAndCode } from '../login/phone-and-code.tsx';
import { useSecurityText } from './i18n.ts';

const EMPTY = { phone: '', code: '', currentCode: '', password: '' };
type Values = typeof EMPTY;
type Proof = 'currentCode' | 'password';

export function PhoneSection() {
  const text = useSecurityText();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  return (
    <Section title={text.phoneTitle}>
      <p>{fill(text.phoneNow, { phone: me.data?.phone ?? '' })}</p>
      <div role="status">{said && <p className="notice notice-done">{said}</p>}</div>
      {isOpen ? (
        <PhoneForm
          onDone={() => {
            setOpen(false);
            setSaid(text.phoneChanged);
          }}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <div>
          <Button onClick={() => setOpen(true)}>{text.changePhone}</Button>
        </div>
      )}
    </Section>
  );
}

function PhoneForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const text = useSecurityText();
  const queries = useQueryClient();
  const [values, setValues] = useState(EMPTY);
  const [proof, setProof] = useState<Proof>('currentCode');
  const [isSending, setSending] = useState(false);
  const labels: Record<string, unknown> = text;
  const faults = useFaults({ prefix: 'change-phone', labelOf: (field) => String(labels[field] ?? field) });
  const change = (part: Partial<Values>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      await call('put', '/me/phone', {
        body: filledIn({ phone: values.phone, code: values.code, [proof]: values[proof] }),
      });
      await Promise.all(['me', 'sessions'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      onDone();
    } catch (error) {
      faults.fail(error);
      setSending(false);
    }
  };
  const shared = { values, change, faults };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <ProofFields proof={proof} onProof={setProof} {...shared} />
      <PhoneAndCode {...shared} prefix="change-phone" labels={text} ask={askFor({ phone: values.phone })} />
      <p className="small">{text.phoneEffect}</p>
      <div className="form-actions">
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {text.confirmPhone}
        </Button>
        <Button size="large" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}

/** To this telephone, or to the one of now. */
const askFor =
  (to: { phone?: string }): AskForCode =>
  (captcha) =>
    call('post', '/me/phone-codes', { body: { ...to, ...(captcha && { captcha }) } });

interface FieldsProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
}

function ProofFields({
  proof,
  onProof,
  values,
  change,
  faults,
}: FieldsProps & { proof: Proof; onProof: (proof: Proof) => void }) {
  const text = useSecurityText();
  const sending = useCodeSending(askFor({}), faults);
  return (
    <>
      <Field id="change-phone-proof" label={text.proof} isGroup>
        {() => (
          <Radio.Group
            aria-labelledby="change-phone-proof-label"
            value={proof}
            onChange={(event) => onProof(event.target.value)}
            options={[
              { value: 'currentCode', label: text.byCode },
              { value: 'password', label: text.byPassword },
            ]}
          />
        )}
      </Field>
      {proof === 'currentCode' ? (
        <CodeInput
          id="change-phone-currentCode"
          label={text.currentCode}
          value={values.currentCode}
          onChange={(currentCode) => change({ currentCode })}
          error={faults.sentenceOf('currentCode')}
          sending={sending}
        />
      ) : (
        <Field id="change-phone-password" label={text.password} isRequired error={faults.sentenceOf('password')}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="current-password"
              value={values.password}
              onChange={(event) => change({ password: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
