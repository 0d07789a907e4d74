// SPDX-License-Identifier: Apache-2.0
// Text messages by the first of several services that takes them. An answer that was lost counts as none: a code that comes
// twice does no harm, one that never comes keeps its owner out.
import { DomainError } from '../errors.ts';
import { NotYet } from '../queue/failures.ts';
import type { SendSms, SmsMessage } from './message.ts';
import { CODE_TEMPLATE, codeText, type SmsAnswer, type SmsProvider, type TemplateMessage } from './sms-provider.ts';

/** A service that failed is asked last for so long. */
const REST_MS = 60_000;
/** Of services that hold back messages to one telephone. */
const COME_AGAIN_MS = 3_600_000;

interface FailOverOptions {
  /** Of each try, without the telephone and the values. */
  onAnswer(try_: { provider: string; template: string; answer: SmsAnswer }): void;
  /** Tests wait less. */
  restMs?: number;
}

export function smsByProviders(
  providers: readonly SmsProvider[],
  { onAnswer, restMs = REST_MS }: FailOverOptions,
): SendSms {
  const restsUntil = new Map<string, number>();
  const isResting = ({ name }: SmsProvider) => (restsUntil.get(name) ?? 0) > Date.now();
  return async (message) => {
    const [awake, resting] = [providers.filter((each) => !isResting(each)), providers.filter(isResting)];
    const answers: SmsAnswer[] = [];
    for (const provider of [...awake, ...resting]) {
      const made = templateMessage(provider, message);
      const answer = await provider.send(made);
      onAnswer({ provider: provider.name, template: made.template, answer });
      if (answer.outcome === 'accepted') {
        restsUntil.delete(provider.name);
        return;
      }
      // Another service would say the same.
      if (answer.outcome === 'wrong-number') return;
      if (answer.outcome === 'failed') restsUntil.set(provider.name, Date.now() + restMs);
      answers.push(answer);
    }
    if (answers.every(({ outcome }) => outcome === 'busy'))
      throw new NotYet('messages to this telephone are let through', COME_AGAIN_MS);
    throw new DomainError('sms-unavailable');
  };
}

function templateMessage({ name, templates }: SmsProvider, message: SmsMessage): TemplateMessage {
  const phone = `+86${message.phone}`;
  const templateOf = (key: string) => {
    const template = templates[key];
    if (template === undefined) throw new DomainError('internal', { reason: `${name} has no template ${key}` });
    return template;
  };
  if ('code' in message) {
    return { phone, template: templateOf(CODE_TEMPLATE), values: codeText(message.code).values };
  }
  const { kind, language, texts } = message;
  const english = language === 'en' && templates[`${kind}.en`] !== undefined ? texts.en : undefined;
  return {
    phone,
    template: templateOf(english ? `${kind}.en` : kind),
    values: (english ?? texts.zh).values,
  };
}
