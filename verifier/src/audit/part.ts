// A part of an audit that is judged elsewhere, in a thread: what it needs of the rest, as data, and a context made from that.
import { shareChecks } from '../checks/shared.ts';
import { type AuditNode, withKeptBlocks } from './audit-node.ts';
import { type BatchRows, createBatchTable } from './batch-table.ts';
import { type AuditContext, openContext } from './context.ts';
import { listFindings } from './findings.ts';
import { type AuditTarget, provenState } from './proven-state.ts';
import type { AuditScope } from './read-log.ts';

/** What the chain says, as the audit read it. Can be cloned. */
export interface AuditBasis {
  readonly target: AuditTarget;
  readonly scope: AuditScope;
  readonly batches: BatchRows;
  readonly revocations: ReadonlyMap<string, bigint>;
}

export function basisOf({ target, scope, log }: AuditContext): AuditBasis {
  return { target, scope, batches: log.batches.rows(), revocations: log.revocations };
}

/** Answers a context for each piece of the part: blocks are judged once for all of them, findings and tally are its own. */
export function openPart({ target, scope, batches, revocations }: AuditBasis, asked: AuditNode): () => AuditContext {
  const node = withKeptBlocks(asked);
  const given = {
    target,
    node,
    scope,
    state: provenState(node, target),
    log: { batches: createBatchTable(batches), revocations },
    sample: undefined,
  };
  const shared = shareChecks();
  return () => openContext({ ...given, findings: listFindings() }, undefined, shared);
}
