// SPDX-License-Identifier: Apache-2.0
// Asking for a code by text message: what came of it, and how long until the next may be asked for.
import { useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import type { FormFaults } from '../../kit/form.ts';

export type SolvedCaptcha = components['schemas']['SolvedCaptcha'];

export interface CodeSending {
  send: () => Promise<void>;
  /** Seconds until another may be asked for. */
  left: number;
  isSent: boolean;
  /** The browser proves that no program asks: it takes a second or some. */
  isProving: boolean;
  refusal: ApiError | undefined;
}

/** Sends the request, with a proof of work once one was asked for, and answers after how many seconds it may be repeated. */
export type AskForCode = (captcha?: SolvedCaptcha) => Promise<{ resendAfterSeconds: number }>;

export function useCodeSending(ask: AskForCode, faults: Pick<FormFaults, 'fail'>): CodeSending {
  const [left, setLeft] = useCountdown();
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<ApiError>();
  const [isProving, setProving] = useState(false);
  const prove = async () => {
    setProving(true);
    return ask(await solvedCaptcha());
  };
  const send = async () => {
    setRefusal(undefined);
    try {
      const sent = await ask().catch((error: unknown) => {
        if (toApiError(error).code !== 'captcha-required') throw error;
        return prove();
      });
      setLeft(sent.resendAfterSeconds);
      setSent(true);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.errors.length > 0) return faults.fail(error);
      setRefusal(error);
      setLeft(error.retryAfterSeconds ?? 0);
    } finally {
      setProving(false);
    }
  };
  return { send, left, isSent, isProving, refusal };
}

/** The library comes only to those who need it. */
async function solvedCaptcha(): Promise<SolvedCaptcha> {
  const [challenge, { solveChallenge }, { deriveKey }] = await Promise.all([
    call('post', '/captchas', { isProbe: true }),
    import('altcha-lib'),
    // The one beside it imports Node's crypto.
    import('altcha-lib/algorithms/web/pbkdf2'),
  ]);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (solution === null) throw new Error('the challenge was not solved in time');
  return { challenge, solution: { counter: solution.counter, derivedKey: solution.derivedKey } };
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
    const startedAt = Date.now();
    setNow(startedAt);
    setEnd(startedAt + seconds * 1_000);
  };
  return [left, start];
}
