// SPDX-License-Identifier: Apache-2.0
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { logIn, type Me } from '../../api/session.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { useLoginText } from './i18n.ts';

interface LoginFormProps {
  /** Known from the registration that came before. */
  knownPhone?: string;
  onDone: (me: Me) => void;
  onForgot?: () => void;
}

export function LoginForm({ knownPhone = '', onDone, onForgot }: LoginFormProps) {
  const text = useLoginText();
  const [phone, setPhone] = useState(knownPhone);
  const [password, setPassword] = useState('');
  const [isSending, setSending] = useState(false);
  const faults = useFaults({
    prefix: 'login',
    labelOf: (field) => (field === 'phone' ? text.phone : text.password),
  });
  const changePhone = (typed: string) => {
    setPhone(typed);
    faults.clear('phone');
  };
  const changePassword = (typed: string) => {
    setPassword(typed);
    faults.clear('password');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    logIn({ phone, password })
      .then(onDone)
      .catch(faults.fail)
      .finally(() => setSending(false));
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <ErrorList {...faults} />
      <Field
        id="login-phone"
        label={text.phone}
        isRequired
        error={faults.sentenceOf('phone')}
        cleaned={{ as: 'number', value: phone, onChange: changePhone }}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="username"
            value={phone}
            onChange={(event) => changePhone(event.target.value)}
          />
        )}
      </Field>
      <Field id="login-password" label={text.password} isRequired error={faults.sentenceOf('password')}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="current-password"
            value={password}
            onChange={(event) => changePassword(event.target.value)}
          />
        )}
      </Field>
      <LoginActions isSending={isSending} onForgot={onForgot} />
    </form>
  );
}

function LoginActions({ isSending, onForgot }: { isSending: boolean; onForgot: (() => void) | undefined }) {
  const text = useLoginText();
  return (
    <div className="form-actions">
      <Button type="primary" size="large" htmlType="submit" loading={isSending}>
        {text.logIn}
      </Button>
      {onForgot && (
        <span>
          {text.forgot}{' '}
          <button type="button" className="link-button" onClick={onForgot}>
            {text.goReset}
          </button>
        </span>
      )}
    </div>
  );
}
