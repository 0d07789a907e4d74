// SPDX-License-Identifier: Apache-2.0
// What registering and resetting have in common: a telephone, a code sent to it, and a new password given twice.
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { CodeField } from './code-field.tsx';
import { useLoginText } from './i18n.ts';
import { EMPTY, type FieldsProps, type PasswordValues, type Purpose } from './password-values.ts';

interface PasswordFormProps {
  purpose: Purpose;
  onDone: (done: { phone: string; userNumber?: string | undefined }) => void;
  onBack?: () => void;
}

export function PasswordForm({ purpose, onDone, onBack }: PasswordFormProps) {
  const text = useLoginText();
  const [values, setValues] = useState(EMPTY);
  const [isSending, setSending] = useState(false);
  const isNew = purpose === 'REGISTER';
  const faults = useFaults({ prefix: 'password', labelOf: useLabels(isNew) });
  const change = (part: Partial<PasswordValues>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      onDone({ phone: values.phone, userNumber: await send(purpose, values) });
    } catch (error) {
      faults.fail(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <CodeField purpose={purpose} values={values} change={change} faults={faults} />
      <PasswordFields isNew={isNew} values={values} change={change} faults={faults} />
      {isNew && <ReferrerAndConsent values={values} change={change} faults={faults} />}
      <div className="form-actions">
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {isNew ? text.register : text.reset}
        </Button>
        {onBack && (
          <button type="button" className="link-button" onClick={onBack}>
            {text.backToLogin}
          </button>
        )}
      </div>
    </form>
  );
}

async function send(
  purpose: Purpose,
  { referrerPhone, consent, ...typed }: PasswordValues,
): Promise<string | undefined> {
  const values = filledIn(typed);
  if (purpose === 'RESET_PASSWORD') {
    await call('post', '/password-resets', { body: values, isProbe: true });
    return undefined;
  }
  const referrer = referrerPhone.trim() === '' ? {} : { referrerPhone };
  const { userNumber } = await call('post', '/accounts', { body: { ...values, ...referrer, consent }, isProbe: true });
  return userNumber;
}

function useLabels(isNew: boolean): (field: string) => string {
  const text = useLoginText();
  const labels: Record<string, string> = { ...text, password: isNew ? text.newPassword : text.resetPassword };
  return (field) => labels[field] ?? field;
}

function PasswordFields({ isNew, values, change, faults }: FieldsProps & { isNew: boolean }) {
  const text = useLoginText();
  return (
    <>
      <Field
        id="password-password"
        label={isNew ? text.newPassword : text.resetPassword}
        isRequired
        error={faults.sentenceOf('password')}
        hint={text.passwordHint}
      >
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={values.password}
            onChange={(event) => change({ password: event.target.value })}
          />
        )}
      </Field>
      <Field
        id="password-passwordRepeat"
        label={text.passwordRepeat}
        isRequired
        error={faults.sentenceOf('passwordRepeat')}
      >
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="new-password"
            value={values.passwordRepeat}
            onChange={(event) => change({ passwordRepeat: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function ReferrerAndConsent({ values, change, faults }: FieldsProps) {
  const text = useLoginText();
  return (
    <>
      <Field
        id="password-referrerPhone"
        label={text.referrerPhone}
        error={faults.sentenceOf('referrerPhone')}
        hint={text.referrerHint}
        cleaned={{ as: 'number', value: values.referrerPhone, onChange: (referrerPhone) => change({ referrerPhone }) }}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            value={values.referrerPhone}
            onChange={(event) => change({ referrerPhone: event.target.value })}
          />
        )}
      </Field>
      <Field id="password-consent" label="" isGroup error={faults.sentenceOf('consent')} hint={text.consentHint}>
        {({ status, ...control }) => (
          <Checkbox
            {...control}
            checked={values.consent}
            onChange={(event) => change({ consent: event.target.checked })}
          >
            {text.consentRead}
            <Paper name="terms" />
            {text.and}
            <Paper name="privacy" />
          </Checkbox>
        )}
      </Field>
    </>
  );
}

/** In a new window, so that the form stays. */
function Paper({ name }: { name: 'terms' | 'privacy' }) {
  const text = useLoginText();
  return (
    <a href={`/pages/${name}`} target="_blank" rel="noopener">
      {text[name]}
    </a>
  );
}
