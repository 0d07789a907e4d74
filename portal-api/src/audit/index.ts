// SPDX-License-Identifier: Apache-2.0
export { auditApi } from './audit.api.ts';
export { openAudit } from './open-audit.ts';
