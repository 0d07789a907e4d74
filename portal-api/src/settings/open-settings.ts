// SPDX-License-Identifier: Apache-2.0
import type { Db } from '../db/database.ts';
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { siteEndpoints, staffSettingsEndpoints } from './settings.routes.ts';
import { currentValues } from './settings.store.ts';
import { defaultsOf, type SettingValues } from './settings.ts';

export interface Settings extends Domain {
  /** As of now: read them each time they count. */
  current(db: Db): Promise<SettingValues>;
}

export function openSettings({ config, db }: Pick<Platform, 'config' | 'db'>): Settings {
  const defaults = defaultsOf(config);
  return {
    current: (at) => currentValues(at, defaults),
    openEndpoints: siteEndpoints({ db, defaults }),
    endpoints: staffSettingsEndpoints({ db, defaults }),
  };
}
