// SPDX-License-Identifier: Apache-2.0
// Versions of the settings: read, and added one after the other. Nothing is kept in memory: what is saved counts in every
// process at once.
import { lockUntilCommit } from '../db/advisory-lock.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type SettingsForm, type StaffSettings, settingValuesSchema } from './settings.schema.ts';
import { changesBetween, DEFAULT_VERSION, type SettingValues } from './settings.ts';

/** `defaults` count until somebody saves, and for settings that a saved version does not know yet. */
export async function currentValues(db: Db, defaults: SettingValues): Promise<SettingValues> {
  return valuesOf(await newestOf(db), defaults);
}

/** With every version that was saved, and what each changed. */
export async function readSettings({ prisma }: Database, defaults: SettingValues): Promise<StaffSettings> {
  const rows = await prisma.settingVersion.findMany({
    orderBy: { version: 'desc' },
    select: { version: true, values: true, note: true, savedAt: true, saver: { select: { userNumber: true } } },
  });
  return {
    version: rows[0]?.version ?? DEFAULT_VERSION,
    values: valuesOf(rows[0], defaults),
    history: rows.map((row, place) => ({
      version: row.version,
      savedAt: row.savedAt.toISOString(),
      savedBy: `ID${row.saver.userNumber}`,
      note: row.note,
      changes: changesBetween(valuesOf(rows[place + 1], defaults), valuesOf(row, defaults)),
    })),
  };
}

/** Adds the next version. Throws `version-conflict` when somebody saved one meanwhile. */
export async function saveSettings(
  db: Database,
  staffId: string,
  { basedOn, values, note }: SettingsForm,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUntilCommit(tx.prisma, 'settings');
    const newest = (await newestOf(tx.prisma))?.version ?? DEFAULT_VERSION;
    if (newest !== basedOn) throw new DomainError('version-conflict', { version: newest });
    const version = basedOn + 1;
    await tx.prisma.settingVersion.create({ data: { version, values, note, savedBy: staffId } });
    tx.record({ actor: `account:${staffId}`, action: 'settings.save', subject: 'settings', detail: { version } });
  });
}

const newestOf = ({ settingVersion }: Db) =>
  settingVersion.findFirst({ orderBy: { version: 'desc' }, select: { version: true, values: true } });

function valuesOf(row: { values: unknown } | null | undefined, defaults: SettingValues): SettingValues {
  return row ? settingValuesSchema.parse(Object.assign({}, defaults, row.values)) : defaults;
}
