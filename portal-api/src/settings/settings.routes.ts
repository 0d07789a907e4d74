// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { siteApi, staffSettingsApi } from './settings.api.ts';
import { currentValues, readSettings, saveSettings } from './settings.store.ts';

/** Seconds after which every visitor has what was saved. */
const LASTS_SECONDS = 60;

export function siteEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(siteApi.read, async ({ res }) => {
      const values = await currentValues(db);
      res.set('Cache-Control', `public, max-age=${LASTS_SECONDS}`);
      return values;
    }),
  ];
}

export function staffSettingsEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(staffSettingsApi.read, () => readSettings(db)),
    endpoint(staffSettingsApi.save, async ({ body, req }) => {
      await saveSettings(db, memberOf(req).id, body);
      return readSettings(db);
    }),
  ];
}
