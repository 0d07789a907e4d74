// SPDX-License-Identifier: Apache-2.0
// In which language, and by which channels, a member wants to be told.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { type Channel, GROUP_NAMES, GROUPS, type Group, LANGUAGES, type Language } from './kind.ts';

export interface Preference {
  language: Language;
  /** Groups that are not sent by the channel. */
  off: Record<Channel, Group[]>;
}

const storedSchema = z.object({
  language: z.enum(LANGUAGES),
  smsOff: z.array(z.string()),
  mailOff: z.array(z.string()),
});

export async function preferenceOf(db: Db, accountId: string): Promise<Preference> {
  const row = await db.messagePreference.findUnique({ where: { accountId } });
  if (!row) return { language: 'zh', off: { sms: [], mail: [] } };
  const { language, smsOff, mailOff } = storedSchema.parse(row);
  return { language, off: { sms: switchable(smsOff), mail: switchable(mailOff) } };
}

export async function savePreference(db: Db, accountId: string, { language, off }: Preference): Promise<void> {
  const data = { language, smsOff: off.sms, mailOff: off.mail };
  await db.messagePreference.upsert({ where: { accountId }, update: data, create: { accountId, ...data } });
}

export const isSwitchable = (group: Group): boolean => !GROUPS[group].isRequired;

/** A group that is gone, or has become required since it was switched off, is sent. */
function switchable(stored: readonly string[]): Group[] {
  return GROUP_NAMES.filter((group) => stored.includes(group) && isSwitchable(group));
}
