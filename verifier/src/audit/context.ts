// What the stages of an audit work with, and what is kept of them for another run to go on from.
import type { NodePort } from '../checks/chain-view.ts';
import { type SharedChecks, shareChecks } from '../checks/shared.ts';
import type { Report } from '../report.ts';
import type { AuditNode } from './audit-node.ts';
import type { FindingList, Findings } from './findings.ts';
import type { AuditTarget, ProvenState } from './proven-state.ts';
import type { AuditScope, RegistryLog } from './read-log.ts';
import type { Sample } from './sample.ts';

/** What an audit counts, in the order of its report. */
export const TALLY_NAMES = [
  'proofs',
  'certificates',
  'packages',
  'absences',
  'receipts',
  'receipts-kept',
  'receipts-late',
  'receipts-pending',
  'receipts-undecided',
  'revoked',
  'newer',
  'others',
  'ledger-batches',
  'burned-numbers',
  'entries',
  'stored-proofs',
  'certificate-pdfs',
  'package-digests',
  'manifests',
  'originals',
  'audit-rows',
  'audit-heads',
  'erased',
] as const;
export type TallyName = (typeof TALLY_NAMES)[number];
export type Tally = Partial<Record<TallyName, number>>;

export interface AuditContext {
  readonly target: AuditTarget;
  readonly node: AuditNode;
  readonly state: ProvenState;
  readonly scope: AuditScope;
  readonly log: RegistryLog;
  readonly findings: FindingList;
  readonly sample: Sample | undefined;
  readonly shared: SharedChecks;
  /** The stored proof that was judged last. */
  newest?: { readonly bytes: Uint8Array; readonly report: Report };
  /** For the checks of single proofs: blocks from the node, revocations from its log. */
  readonly port: NodePort;
  /** Numbers whose receipts a proof has decided. */
  readonly decided: Set<string>;
  readonly tally: Tally;
  count(name: TallyName, by?: number): void;
  /** Adds what was found in a part of this audit. */
  take(found: FoundInPart): void;
}

export interface FoundInPart {
  readonly findings: Findings;
  readonly tally: Tally;
}

/** The parts of an audit, for its progress. */
export type StageName =
  | 'log'
  | 'batches'
  | 'items'
  | 'ledger'
  | 'receipts'
  | 'certificates'
  | 'manifests'
  | 'originals'
  | 'audit-log';

/** A part of an audit that goes through what somebody holds, in an order that stays. */
export interface AuditStage {
  readonly name: StageName;
  /** Goes on after a place that an earlier run reached. Yields places, once everything up to the last of them is judged, and nothing after. */
  run(context: AuditContext, after: string | undefined): AsyncIterable<readonly string[]>;
}

/** What was saved does not belong to what is there: nothing can go on from it. */
export class AuditMismatch extends Error {
  override readonly name = 'AuditMismatch';
}

/** What another run needs to go on, as JSON. */
export interface SavedAudit {
  readonly v: 1;
  /** Stands for what is audited, and how: another audit does not go on from this. */
  readonly subject: string;
  readonly startedAt: string;
  readonly scope: Readonly<Record<keyof AuditScope, string>>;
  readonly batches: { readonly done: number; readonly digest: string };
  /** Stages that are done, and how far the next one is. */
  readonly stages: number;
  readonly after?: string;
  readonly findings: Findings;
  readonly tally: Tally;
  readonly decided: readonly string[];
}

type Given = Pick<AuditContext, 'target' | 'node' | 'state' | 'scope' | 'log' | 'findings' | 'sample'>;

export function openContext(
  given: Given,
  saved: Pick<SavedAudit, 'tally' | 'decided'> = { tally: {}, decided: [] },
  shared = shareChecks(),
): AuditContext {
  const tally: Tally = { ...saved.tally };
  const count = (name: TallyName, by = 1) => {
    tally[name] = (tally[name] ?? 0) + by;
  };
  return {
    ...given,
    shared,
    port: portOf(given),
    decided: new Set(saved.decided),
    tally,
    count,
    take(found) {
      given.findings.addAll(found.findings);
      for (const name of TALLY_NAMES) if (found.tally[name]) count(name, found.tally[name]);
    },
  };
}

const WORD_DIGITS = 64;

function portOf({ node, target, log }: Given): NodePort {
  return {
    chainId: async () => BigInt(target.network.chainId),
    blockHash: async (number) => (await node.block(number))?.hash,
    storageAt: async (_address, slot) =>
      `0x${(log.revocations.get(slot) ?? 0n).toString(16).padStart(WORD_DIGITS, '0')}`,
  };
}
