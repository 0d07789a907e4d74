// SPDX-License-Identifier: Apache-2.0
// How text messages and mails leave the portal: ports, and the drivers that the settings choose.
import path from 'node:path';
import { outboxFile } from './outbox-file.ts';

/** A code to type, or the notice of an event. */
export type SmsMessage =
  | { phone: string; purpose: string; code: string }
  | { phone: string; kind: string; text: string };

export interface MailMessage {
  /** Stays the same when a message is sent twice, so that mail programs show it once. */
  id: string;
  to: string;
  language: 'zh' | 'en';
  subject: string;
  /** Plain text. */
  text: string;
}

/** Both may be called twice for one message, after a kill. A part that is down is a `DomainError` that says so. */
export interface Delivery {
  sms(message: SmsMessage): Promise<void>;
  mail(message: MailMessage): Promise<void>;
}

export function openDelivery({ dataFolder }: { dataFolder: string }): Delivery {
  return {
    sms: outboxFile(path.join(dataFolder, 'sms-outbox.jsonl')),
    mail: outboxFile(path.join(dataFolder, 'mail-outbox.jsonl')),
  };
}
