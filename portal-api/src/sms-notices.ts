// SPDX-License-Identifier: Apache-2.0
// Every notice that leaves by text message: message services want a template for each.
import { OLD_PHONE_TEXT, OLD_PHONE_TOPIC } from './accounts/index.ts';
import type { SmsText } from './delivery/sms-text.ts';
import { smsKinds } from './notifications/index.ts';
import { INVITATION_TEXT, INVITATION_TOPIC } from './organisations/index.ts';

/** Those that go to whoever has the telephone, in Chinese: nobody knows which language they read. */
export const PLAIN_NOTICES: Readonly<Record<string, SmsText>> = {
  [OLD_PHONE_TOPIC]: OLD_PHONE_TEXT,
  [INVITATION_TOPIC]: INVITATION_TEXT,
};

export const SMS_NOTICES: readonly string[] = [...smsKinds(), ...Object.keys(PLAIN_NOTICES)];
