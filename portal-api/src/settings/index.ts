// SPDX-License-Identifier: Apache-2.0
export { openSettings, type Settings } from './open-settings.ts';
export { siteApi, staffSettingsApi } from './settings.api.ts';
