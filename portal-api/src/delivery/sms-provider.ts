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

interface ProviderParts<Client> extends Pick<SmsProvider, 'name' | 'templates'> {
  /** Loads the maker's client: only where it is used, with the first message. */
  open(): Promise<Client>;
  /** The service's own code of what became of the message. */
  ask(client: Client, message: TemplateMessage): Promise<{ code: string | undefined; id: string | undefined }>;
  codes: { accepted: string; wrongNumber: RegExp; busy: RegExp };
}

export function smsProvider<Client>({ name, templates, open, ask, codes }: ProviderParts<Client>): SmsProvider {
  let opened: Promise<Client> | undefined;
  const outcomeOf = (code: string) => {
    if (codes.wrongNumber.test(code)) return 'wrong-number';
    return codes.busy.test(code) ? 'busy' : 'failed';
  };
  return {
    name,
    templates,
    async send(message) {
      opened ??= open();
      const { code = 'no-code', id = '' } = await opened
        .then((client) => ask(client, message))
        .catch((error: unknown) => ({ code: failureOf(error), id: undefined }));
      return code === codes.accepted ? { outcome: 'accepted', id } : { outcome: outcomeOf(code), code };
    },
  };
}

/** The code of what a client throws; what it says of a request may hold a telephone or a key. */
function failureOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w.-]{1,80}$/.test(code) ? code : 'unreachable';
}
