// SPDX-License-Identifier: Apache-2.0
// Text messages. The console driver is for development: it writes them to a file that only its owner reads.
import { appendFile, chmod, rename, stat } from 'node:fs/promises';

/** A file of this size is set aside as `.1`, in place of the one before. */
const MAX_FILE_BYTES = 1_048_576;

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
  // One message at a time: two that set the file aside at once would lose one of the two files.
  let last: Promise<void> = Promise.resolve();
  const write = async (message: SmsMessage) => {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size >= MAX_FILE_BYTES) await rename(file, `${file}.1`);
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...message })}\n`;
    await appendFile(file, line, { mode: 0o600 });
    // The mode above counts only when the file is made.
    await chmod(file, 0o600);
  };
  return (message) => {
    const written = last.then(() => write(message));
    last = written.catch(() => undefined);
    return written;
  };
}
