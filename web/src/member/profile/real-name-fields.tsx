// SPDX-License-Identifier: Apache-2.0
// What the forms of a person's and of an organisation's real name share.
import { Checkbox, Input } from 'antd';
import { Field } from '../../kit/field.tsx';

interface TextFieldProps {
  id: string;
  label: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  /** What a pasted text is cleaned as. */
  as?: 'line' | 'number';
  type?: 'text' | 'email';
  autoComplete: string;
  hint?: string;
  onBlur?: () => void;
}

export function TextField(props: TextFieldProps) {
  const { id, label, error, value, onChange, as = 'line', type = 'text', autoComplete, hint, onBlur } = props;
  return (
    <Field id={id} label={label} isRequired error={error} {...(hint && { hint })} cleaned={{ as, value, onChange }}>
      {(control) => (
        <Input
          {...control}
          {...{ type, autoComplete, value }}
          {...(onBlur && { onBlur })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface ConsentProps {
  id: string;
  text: { consent: string; consentHint: string; privacy: string };
  isGiven: boolean;
  onChange: (isGiven: boolean) => void;
  error: string | undefined;
}

/** Given each time: it is kept in no draft. */
export function Consent({ id, text, isGiven, onChange, error }: ConsentProps) {
  const hint = (
    <>
      {text.consentHint}{' '}
      <a href="/pages/privacy" target="_blank" rel="noopener">
        {text.privacy}
      </a>
    </>
  );
  return (
    <Field id={id} label="" isGroup isWide error={error} hint={hint}>
      {({ status, ...control }) => (
        <Checkbox {...control} checked={isGiven} onChange={(event) => onChange(event.target.checked)}>
          {text.consent}
        </Checkbox>
      )}
    </Field>
  );
}
