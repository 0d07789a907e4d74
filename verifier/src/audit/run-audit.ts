// An audit from its first block to its last item. It may end at any moment: another run with what was saved goes on, and
// gives the same report.
import { toHex } from '../encoding/bytes.ts';
import { auditBatches, readScope } from './audit-chain.ts';
import { type AuditNode, withKeptBlocks } from './audit-node.ts';
import { type AuditReport, auditReport } from './audit-report.ts';
import {
  type AuditContext,
  AuditMismatch,
  type AuditStage,
  openContext,
  type SavedAudit,
  type StageName,
} from './context.ts';
import { listFindings } from './findings.ts';
import { type AuditTarget, provenState } from './proven-state.ts';
import { type AuditScope, readRegistryLog } from './read-log.ts';
import type { Sample } from './sample.ts';

/** How far an audit is: blocks read, batches or items judged. */
export interface AuditProgress {
  readonly stage: StageName;
  readonly done: number | bigint;
  readonly total?: number | bigint;
}

export interface AuditPlan {
  readonly node: AuditNode;
  readonly target: AuditTarget;
  readonly trustSha256: string;
  readonly stages: readonly AuditStage[];
  readonly sample?: Sample;
  /** Names the program in the report. */
  readonly program: string;
  /** Stands for all of the above: what was saved under another subject is refused. */
  readonly subject: string;
  readonly saved?: SavedAudit;
  save(saved: SavedAudit): Promise<void>;
  /** Between two savings. */
  readonly saveEveryMs?: number;
  onProgress(progress: AuditProgress): void;
}

const SAVE_EVERY_MS = 2_000;

/** Runs an audit. Rejects with NodeFailure, VerificationError or AuditMismatch where nothing can be decided. */
export async function runAudit(plan: AuditPlan): Promise<AuditReport> {
  const { saved, subject, target, trustSha256, program } = plan;
  if (saved && saved.subject !== subject) throw new AuditMismatch('the saved state is of another audit');
  const node = withKeptBlocks(plan.node);
  const state = provenState(node, target);
  const scope = saved ? scopeOf(saved) : await readScope(node, target, state);
  const findings = listFindings(saved?.findings);
  const startedAt = saved?.startedAt ?? new Date().toISOString();
  // The log is read again each time: that costs little, and nobody can plant a batch in the state.
  const log = await readRegistryLog({ node, target, scope, findings: saved ? listFindings() : findings }, (block) =>
    plan.onProgress({ stage: 'log', done: block, total: scope.throughBlock }),
  );
  const given = { target, node, state, scope, log, findings, sample: plan.sample };
  const context = openContext(given, saved);
  const keeper = keeperOf(plan, context, startedAt);
  await runBatches(plan, { context, keeper });
  await runStages(plan, { context, keeper });
  return auditReport(context, { trustSha256, startedAt, program });
}

interface Run {
  readonly context: AuditContext;
  readonly keeper: Keeper;
}

async function runBatches({ saved, onProgress }: AuditPlan, { context, keeper }: Run): Promise<void> {
  const { log, node, target, state, findings } = context;
  const { batches } = log;
  const from = saved?.batches.done ?? 0;
  if (saved && (from > batches.length || toHex(batches.digest(from)) !== saved.batches.digest))
    throw new AuditMismatch('the node lists other batches than in the earlier run');
  for await (const done of auditBatches({ node, target, state, batches, findings, from })) {
    onProgress({ stage: 'batches', done, total: batches.length });
    await keeper.note({ batches: done, stages: 0 });
  }
}

async function runStages({ saved, stages, onProgress }: AuditPlan, { context, keeper }: Run): Promise<void> {
  const batches = context.log.batches.length;
  for (const [place, stage] of stages.entries()) {
    if (saved && place < saved.stages) continue;
    const after = saved && place === saved.stages ? saved.after : undefined;
    let done = 0;
    for await (const reached of stage.run(context, after)) {
      done += reached.length;
      onProgress({ stage: stage.name, done });
      const last = reached.at(-1);
      if (last !== undefined) await keeper.note({ batches, stages: place, after: last });
    }
    await keeper.note({ batches, stages: place + 1 });
  }
}

interface Reached {
  readonly batches: number;
  readonly stages: number;
  readonly after?: string;
}

interface Keeper {
  note(reached: Reached): Promise<void>;
}

function keeperOf(
  { subject, save, saveEveryMs = SAVE_EVERY_MS }: AuditPlan,
  context: AuditContext,
  startedAt: string,
): Keeper {
  let savedAt = Date.now();
  return {
    async note({ batches, ...reached }) {
      if (Date.now() - savedAt < saveEveryMs) return;
      const { scope, findings, tally, decided, log } = context;
      await save({
        v: 1,
        subject,
        startedAt,
        scope: {
          throughBlock: String(scope.throughBlock),
          throughTime: String(scope.throughTime),
          firstNumber: String(scope.firstNumber),
          nextNumber: String(scope.nextNumber),
          batchCount: String(scope.batchCount),
        },
        batches: { done: batches, digest: toHex(log.batches.digest(batches)) },
        ...reached,
        findings: { listed: findings.listed, counts: findings.counts },
        tally,
        decided: [...decided],
      });
      savedAt = Date.now();
    },
  };
}

function scopeOf({ scope }: SavedAudit): AuditScope {
  const { throughBlock, throughTime, firstNumber, nextNumber, batchCount } = scope;
  return {
    throughBlock: BigInt(throughBlock),
    throughTime: BigInt(throughTime),
    firstNumber: BigInt(firstNumber),
    nextNumber: BigInt(nextNumber),
    batchCount: BigInt(batchCount),
  };
}
