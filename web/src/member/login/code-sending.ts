// SPDX-License-Identifier: Apache-2.0
// Asking for a code by text message: what came of it, and how long until the next may be asked for.
import { useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import type { FormFaults } from '../../kit/form.ts';

export interface CodeSending {
  send: () => Promise<void>;
  /** Seconds until another may be asked for. */
  left: number;
  isSent: boolean;
  refusal: ApiError | undefined;
}

/** `ask` sends the request and answers after how many seconds it may be repeated. */
export function useCodeSending(
  ask: () => Promise<{ resendAfterSeconds: number }>,
  faults: Pick<FormFaults, 'fail'>,
): CodeSending {
  const [left, setLeft] = useCountdown();
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<ApiError>();
  const send = async () => {
    setRefusal(undefined);
    try {
      const sent = await ask();
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
