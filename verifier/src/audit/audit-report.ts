// The report of an audit: what was read, how much of it was judged, and every fault that was found.
import { formatSeconds } from '../report.ts';
import type { RegistryName } from '../statement/statement.ts';
import { VERSION } from '../version.ts';
import type { AuditContext, Tally } from './context.ts';
import type { AuditFinding, Findings } from './findings.ts';
import type { Sample } from './sample.ts';

export const AUDIT_MEDIA_TYPE = 'application/vnd.inkseal.audit+json;v=1';

/** `sound`: no fault was found in what was judged. Never more: what nobody handed in was not judged. */
export const AUDIT_VERDICTS = ['sound', 'faulty'] as const;
export type AuditVerdict = (typeof AUDIT_VERDICTS)[number];

export interface AuditReport extends Findings {
  readonly mediaType: typeof AUDIT_MEDIA_TYPE;
  readonly verdict: AuditVerdict;
  /** 0 sound, 1 faulty. */
  readonly exitCode: 0 | 1;
  readonly registry: RegistryName;
  readonly trustFile: { readonly name: string; readonly sha256: string };
  /** Who stands behind the blocks: the trusted validators' signatures, or the node alone. */
  readonly backing: 'seals' | 'node';
  readonly chain: {
    readonly throughBlock: string;
    readonly throughTime: string;
    readonly batches: string;
    readonly firstNumber: string;
    readonly nextNumber: string;
    readonly revocations: number;
  };
  readonly sample?: Sample;
  readonly tally: Tally;
  readonly listed: readonly AuditFinding[];
  readonly run: {
    readonly startedAt: string;
    readonly endedAt: string;
    readonly program: string;
    readonly version: string;
  };
}

export interface ReportParts {
  readonly trustSha256: string;
  readonly startedAt: string;
  readonly program: string;
}

export function auditReport(context: AuditContext, { trustSha256, startedAt, program }: ReportParts): AuditReport {
  const { target, scope, log, findings, sample, tally } = context;
  const isSound = Object.keys(findings.counts).length === 0;
  return {
    mediaType: AUDIT_MEDIA_TYPE,
    verdict: isSound ? 'sound' : 'faulty',
    exitCode: isSound ? 0 : 1,
    registry: { chainId: target.network.chainId, contract: target.registry.address },
    trustFile: { name: target.trust.name, sha256: trustSha256 },
    backing: target.network.consensus === 'qbft' ? 'seals' : 'node',
    chain: {
      throughBlock: String(scope.throughBlock),
      throughTime: formatSeconds(scope.throughTime),
      batches: String(log.batches.length),
      firstNumber: String(scope.firstNumber),
      nextNumber: String(scope.nextNumber),
      revocations: log.revocations.size,
    },
    ...(sample && { sample }),
    tally,
    counts: findings.counts,
    listed: findings.listed,
    run: { startedAt, endedAt: new Date().toISOString(), program, version: VERSION },
  };
}
