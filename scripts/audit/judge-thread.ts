// SPDX-License-Identifier: Apache-2.0
// What the threads of judges.ts run. Each has sources and a node of its own.
import { workerData } from 'node:worker_threads';
import { auditRpc } from '../../verifier/cli/audit/audit-rpc.ts';
import { type AuditBasis, type FoundInPart, NodeFailure, openPart } from '../../verifier/src/audit/index.ts';
import { openSources, type RecordPlaces } from './open-sources.ts';
import type { Piece, RecordName } from './record-stage.ts';
import { recordsOf } from './records-of.ts';

export interface ThreadSettings {
  readonly places: RecordPlaces;
  readonly rpc: string;
  readonly basis: AuditBasis;
}

export interface ThreadRequest {
  readonly name: RecordName;
  readonly piece: Piece;
}

export type JudgedPiece = FoundInPart | { readonly nodeFailure: string };

const { places, rpc, basis } = workerData as ThreadSettings; // from judges.ts
const { network, registry } = basis.target;
const node = auditRpc(rpc).about({ consensus: network.consensus, address: registry.address });
const begin = openPart(basis, node);
const records = recordsOf(await openSources(places));

export async function judge({ name, piece }: ThreadRequest): Promise<JudgedPiece> {
  const context = begin();
  try {
    await records[name].judge(context, piece);
  } catch (error) {
    if (error instanceof NodeFailure) return { nodeFailure: error.message };
    throw error;
  }
  const { findings, tally } = context;
  return { findings: { listed: findings.listed, counts: findings.counts }, tally };
}
