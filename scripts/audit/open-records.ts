// SPDX-License-Identifier: Apache-2.0
// The stages of an audit over everything that the operator holds.
import type { AuditStage } from '../../verifier/src/audit/index.ts';
import { auditLogStage } from './audit-log-stage.ts';
import { openJudges } from './judges.ts';
import { openSources, type RecordPlaces } from './open-sources.ts';
import { recordStage } from './record-stage.ts';
import { recordsOf } from './records-of.ts';

export interface OpenRecords {
  readonly stages: readonly AuditStage[];
  close(): Promise<void>;
}

export interface RecordOptions {
  /** Pieces of work that threads are started for; tests want them sooner. */
  readonly worthThreadsFrom?: number;
}

/** `rpc`: the node's address, for threads that ask it too. */
export async function openRecords(
  places: RecordPlaces,
  rpc: string,
  options: RecordOptions = {},
): Promise<OpenRecords> {
  const sources = await openSources(places);
  const judges = openJudges(places, rpc, options.worthThreadsFrom);
  const { ledger, receipts, certificates, manifests, originals } = recordsOf(sources);
  return {
    // The ledger first: what the portal holds is compared with its rows, once those agree with the chain.
    stages: [
      recordStage(ledger, judges),
      recordStage(receipts, judges),
      recordStage(certificates, judges),
      recordStage(manifests, judges),
      recordStage(originals, judges),
      auditLogStage(sources.db),
    ],
    async close() {
      await judges.close();
      await sources.close();
    },
  };
}
