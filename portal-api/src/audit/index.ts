// SPDX-License-Identifier: Apache-2.0
export { type AuditReport, verifyAuditChain } from './audit-chain.ts';
