// SPDX-License-Identifier: Apache-2.0
// A message service: it sends templates that it approved before, under a signature that it approved before.
import { sms } from './sms-text.ts';

/** A message as services take it: the key of its template, and the values in their order. */
export interface TemplateMessage {
  /** With the country: +8613800000001. */
  phone: string;
  template: string;
  values: readonly string[];
}

/** `accepted` by the service; `wrong-number` for good; `busy`: not to this telephone for now; `failed`: the service itself. */
export type SmsAnswer =
  | { outcome: 'accepted'; id: string }
  | { outcome: 'wrong-number' | 'busy' | 'failed'; code: string };

export interface SmsProvider {
  name: string;
  /** By key: `code`, the kinds of notices, and `<kind>.en` where one was approved. */
  templates: Readonly<Record<string, string>>;
  /** Never throws: what cannot be reached has `failed`. */
  send(message: TemplateMessage): Promise<SmsAnswer>;
}

export interface SmsTimes {
  /** Longest wait for one answer. */
  answerWithinMs: number;
}

/** Whoever waits for a code asks again after a minute. */
export const SMS_TIMES: SmsTimes = { answerWithinMs: 8_000 };

export const CODE_TEMPLATE = 'code';
export const codeText = (code: string) => sms`您的验证码为${code}，5分钟内有效，请勿告诉他人。`;

/** What a service answers to one message, by the meaning of its codes. */
export function answerOf(code: string, codes: { wrongNumber: RegExp; busy: RegExp }): SmsAnswer {
  if (codes.wrongNumber.test(code)) return { outcome: 'wrong-number', code };
  return { outcome: codes.busy.test(code) ? 'busy' : 'failed', code };
}

/** The code of what a client library throws; what a library says of a request may hold a telephone or a key. */
export function failureOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w.-]{1,80}$/.test(code) ? code : 'unreachable';
}
