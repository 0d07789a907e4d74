// SPDX-License-Identifier: Apache-2.0
export { auditApi } from './audit.api.ts';
export { type AuditReport, verifyAuditChain } from './audit-chain.ts';
export { knownHeads, lastCheck, newestProof } from './audit-check.ts';
export { ownerLines, processLines } from './audit-lines.ts';
export { type Audit, openAudit } from './open-audit.ts';
