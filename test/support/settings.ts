// SPDX-License-Identifier: Apache-2.0
// The settings of a portal under test, changed as an administrator does.
import type { SettingValues } from '../../portal-api/src/settings/settings.ts';
import { expectStatus, type PortalClient } from './portal.ts';

export async function readSettings(admin: PortalClient): Promise<{ version: number; values: SettingValues }> {
  return (await expectStatus(200, admin.get('/staff/settings'))).body;
}

/** On top of the newest version; what is not given stays. */
export async function changeSettings(admin: PortalClient, changes: Partial<SettingValues>): Promise<void> {
  const { version: basedOn, values } = await readSettings(admin);
  await expectStatus(200, admin.put('/staff/settings', { basedOn, values: { ...values, ...changes }, note: '测试' }));
}
