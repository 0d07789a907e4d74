// SPDX-License-Identifier: Apache-2.0
import { Button, Input } from 'antd';
import { errorSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import { useDuration } from '../../ui/duration.ts';
import type { CodeSending } from './code-sending.ts';
import { useLoginText } from './i18n.ts';
import './login.css';

interface CodeInputProps {
  id: string;
  label: string;
  value: string;
  onChange: (code: string) => void;
  error: string | undefined;
  sending: CodeSending;
}

/** The box for a code, with the button that sends one and counts until it may send another. */
export function CodeInput({ id, label, value, onChange, error, sending }: CodeInputProps) {
  const text = useLoginText();
  const duration = useDuration();
  const { send, left, isSent, isProving, refusal } = sending;
  return (
    <Field
      id={id}
      label={label}
      isRequired
      error={error ?? (refusal && errorSentence(refusal.code))}
      hint={<span role="status">{isProving ? text.proving : isSent && text.codeSent}</span>}
      cleaned={{ as: 'number', value, onChange }}
    >
      {(control) => (
        <div className="code-row">
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <Button onClick={() => void send()} disabled={left > 0} loading={isProving}>
            {left > 0 ? fill(text.resend, { time: duration(left) }) : text.sendCode}
          </Button>
        </div>
      )}
    </Field>
  );
}
