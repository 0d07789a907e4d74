// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { siteApi, staffSettingsApi } from './settings.api.ts';
import { currentValues, readSettings, saveSettings } from './settings.store.ts';
import type { SettingValues } from './settings.ts';

/** Seconds after which every visitor has what was saved. */
const LASTS_SECONDS = 60;

interface SettingsRouteParts {
  db: Database;
  defaults: SettingValues;
}

export function siteEndpoints({ db, defaults }: SettingsRouteParts): Endpoint[] {
  return [
    endpoint(siteApi.read, async ({ res }) => {
      const { name, short, telephone, hours, filing } = await currentValues(db.prisma, defaults);
      res.set('Cache-Control', `public, max-age=${LASTS_SECONDS}`);
      return { name, short, telephone, hours, filing };
    }),
  ];
}

export function staffSettingsEndpoints({ db, defaults }: SettingsRouteParts): Endpoint[] {
  return [
    endpoint(staffSettingsApi.read, () => readSettings(db, defaults)),
    endpoint(staffSettingsApi.save, async ({ body, req }) => {
      await saveSettings(db, memberOf(req).id, body);
      return readSettings(db, defaults);
    }),
  ];
}
