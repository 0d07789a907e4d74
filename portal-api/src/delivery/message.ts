// SPDX-License-Identifier: Apache-2.0
// What leaves the portal.

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

export type SendSms = (message: SmsMessage) => Promise<void>;
export type SendMail = (message: MailMessage) => Promise<void>;
