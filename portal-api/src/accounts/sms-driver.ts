// SPDX-License-Identifier: Apache-2.0
// Text messages. The console driver is for development: it writes them to a file that only its owner reads.
import { appendFile, chmod } from 'node:fs/promises';

export const SMS_PURPOSES = ['REGISTER', 'RESET_PASSWORD'] as const;
export type SmsPurpose = (typeof SMS_PURPOSES)[number];

export interface SmsMessage {
  phone: string;
  purpose: SmsPurpose;
  code: string;
}

/** May be called twice for one message, after a kill. */
export type SendSms = (message: SmsMessage) => Promise<void>;

/** Each message is one line of JSON: {at, phone, purpose, code}. */
export function consoleSms(file: string): SendSms {
  return async (message) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...message })}\n`;
    await appendFile(file, line, { mode: 0o600 });
    // The mode above counts only when the file is made.
    await chmod(file, 0o600);
  };
}
