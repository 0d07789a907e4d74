// Audits of a registry and of what somebody holds of it. An entry of its own: whoever verifies one proof loads none of this.

export { subjectOf } from './audit-chain.ts';
export { type AuditBlock, type AuditNode, NodeFailure, type SlotProofs } from './audit-node.ts';
export { AUDIT_MEDIA_TYPE, AUDIT_VERDICTS, type AuditReport, type AuditVerdict } from './audit-report.ts';
export type { BatchTable, ListedBatch } from './batch-table.ts';
export { headerOfBlock } from './block-header.ts';
export {
  type AuditContext,
  AuditMismatch,
  type AuditStage,
  type FoundInPart,
  type SavedAudit,
  type StageName,
  TALLY_NAMES,
  type Tally,
  type TallyName,
} from './context.ts';
export { AUDIT_CODES, type AuditCause, type AuditCode, type AuditFinding } from './findings.ts';
export { folderStage, type ItemSource, ItemUnreadable } from './folder-stage.ts';
export { judgeItem, judgeStoredProof } from './judge-item.ts';
export { type AuditLines, auditLines } from './lines.ts';
export { auditPage } from './page.ts';
export { type AuditBasis, basisOf, openPart } from './part.ts';
export { type AuditTarget, provenState } from './proven-state.ts';
export { decideReceipt, isOurReceipt, readReceipt, settleReceipt } from './receipts.ts';
export { type LogEntry, REGISTRY_TOPICS, type RegistryEvent, readEvent } from './registry-log.ts';
export { type AuditPlan, type AuditProgress, runAudit } from './run-audit.ts';
export { chooseSample, type Sample } from './sample.ts';
