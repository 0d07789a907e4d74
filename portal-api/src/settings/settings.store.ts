// SPDX-License-Identifier: Apache-2.0
// Versions of the settings: read, and added one after the other.
import { lockUntilCommit } from '../db/advisory-lock.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type SettingsForm, type StaffSettings, siteValuesSchema } from './settings.schema.ts';
import { changesBetween, DEFAULT_VALUES, DEFAULT_VERSION, type SiteValues } from './settings.ts';

export async function currentValues({ prisma }: Database): Promise<SiteValues> {
  return valuesOf(await newestOf(prisma));
}

/** With every version that was saved, and what each changed. */
export async function readSettings({ prisma }: Database): Promise<StaffSettings> {
  const rows = await prisma.settingVersion.findMany({
    orderBy: { version: 'desc' },
    select: { version: true, values: true, note: true, savedAt: true, saver: { select: { userNumber: true } } },
  });
  return {
    version: rows[0]?.version ?? DEFAULT_VERSION,
    values: valuesOf(rows[0]),
    history: rows.map((row, place) => ({
      version: row.version,
      savedAt: row.savedAt.toISOString(),
      savedBy: `ID${row.saver.userNumber}`,
      note: row.note,
      changes: changesBetween(valuesOf(rows[place + 1]), valuesOf(row)),
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

function valuesOf(row: { values: unknown } | null | undefined): SiteValues {
  return row ? siteValuesSchema.parse(row.values) : DEFAULT_VALUES;
}
