// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { reportEndpoints } from './reports.routes.ts';

export function openReports({ config, db }: Pick<Platform, 'config' | 'db'>): Domain {
  return { endpoints: reportEndpoints({ db, homeProvince: config.homeProvince }) };
}
