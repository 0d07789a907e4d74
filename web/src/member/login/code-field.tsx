// SPDX-License-Identifier: Apache-2.0
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import { useDuration } from '../../ui/duration.ts';
import { useLoginText } from './i18n.ts';
import type { FieldsProps, Purpose } from './password-values.ts';

/** Telephone and code, with the button that sends one and counts until it may send another. */
export function CodeField({ purpose, values, change, faults }: FieldsProps & { purpose: Purpose }) {
  const text = useLoginText();
  const duration = useDuration();
  const { send, left, isSent, refusal } = useSending(purpose, values.phone, faults);
  const refused = refusal && errorSentence(refusal.code);
  return (
    <>
      <Field
        id="password-phone"
        label={text.phone}
        isRequired
        error={faults.sentenceOf('phone')}
        cleaned={{ as: 'number', value: values.phone, onChange: (phone) => change({ phone }) }}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="tel"
            value={values.phone}
            onChange={(event) => change({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field
        id="password-code"
        label={text.code}
        isRequired
        error={faults.sentenceOf('code') ?? refused}
        hint={<span role="status">{isSent && text.codeSent}</span>}
        cleaned={{ as: 'number', value: values.code, onChange: (code) => change({ code }) }}
      >
        {(control) => (
          <div className="code-row">
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={values.code}
              onChange={(event) => change({ code: event.target.value })}
            />
            <Button onClick={() => void send()} disabled={left > 0}>
              {left > 0 ? fill(text.resend, { time: duration(left) }) : text.sendCode}
            </Button>
          </div>
        )}
      </Field>
    </>
  );
}

/** Sends a code, and knows how long until the next. */
function useSending(purpose: Purpose, phone: string, faults: FieldsProps['faults']) {
  const [left, setLeft] = useCountdown();
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<ApiError>();
  const send = async () => {
    setRefusal(undefined);
    try {
      const sent = await call('post', '/sms-codes', { body: { phone, purpose }, isProbe: true });
      setLeft(sent.resendAfterSeconds);
      setSent(true);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.errors.length > 0) return faults.fail(error);
      setRefusal(error);
      setLeft(error.retryAfterSeconds ?? 0);
    }
  };
  return { send, left, isSent, refusal };
}

/** Seconds that are left, and the way to start. */
function useCountdown(): [left: number, start: (seconds: number) => void] {
  const [end, setEnd] = useState(0);
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((end - now) / 1_000));
  const isRunning = left > 0;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  const start = (seconds: number) => {
    setNow(Date.now());
    setEnd(Date.now() + seconds * 1_000);
  };
  return [left, start];
}
