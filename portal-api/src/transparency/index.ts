// SPDX-License-Identifier: Apache-2.0
export { auditReportApi, staffAuditReportApi } from './audit-reports.api.ts';
export { openTransparency } from './open-transparency.ts';
export { transparencyApi } from './transparency.api.ts';
