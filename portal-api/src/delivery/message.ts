// SPDX-License-Identifier: Apache-2.0
// What leaves the portal.
import type { SmsText } from './sms-text.ts';

type Language = 'zh' | 'en';

export interface SmsCodeMessage {
  phone: string;
  purpose: string;
  code: string;
}

export interface SmsNotice {
  phone: string;
  /** The key of its template with each message service. */
  kind: string;
  /** The reader's. */
  language: Language;
  /** In English only where a template for it was approved. */
  texts: { readonly zh: SmsText; readonly en?: SmsText };
}

/** A code to type, or the notice of an event. */
export type SmsMessage = SmsCodeMessage | SmsNotice;

export interface MailMessage {
  /** Stays the same when a message is sent twice, so that mail programs show it once. */
  id: string;
  to: string;
  language: Language;
  subject: string;
  /** Plain text. */
  text: string;
}

export type SendSms = (message: SmsMessage) => Promise<void>;
export type SendMail = (message: MailMessage) => Promise<void>;
