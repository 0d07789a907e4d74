// SPDX-License-Identifier: Apache-2.0
import { operation } from '../http/operation.ts';
import { settingsFormSchema, siteSchema, staffSettingsSchema } from './settings.schema.ts';

/** For visitors: no session stands behind it. */
export const siteApi = {
  read: operation({
    method: 'get',
    path: '/site',
    summary: 'The names, the telephone, the hours and the filing number of the site',
    access: 'anyone',
    answer: siteSchema,
  }),
};

const path = '/staff/settings';

/** 设置. */
export const staffSettingsApi = {
  read: operation({
    method: 'get',
    path,
    summary: 'The settings of the site and of the service, and what every version changed',
    access: { staff: ['admin', 'auditor'] },
    answer: staffSettingsSchema,
  }),
  save: operation({
    method: 'put',
    path,
    summary: 'Save a new version of the settings; the old ones stay',
    access: { staff: ['admin'] },
    body: settingsFormSchema,
    answer: staffSettingsSchema,
    errors: ['version-conflict'],
  }),
};
