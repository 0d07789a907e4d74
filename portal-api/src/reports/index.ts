// SPDX-License-Identifier: Apache-2.0
export { openReports } from './open-reports.ts';
export { reportApi } from './reports.api.ts';
