// SPDX-License-Identifier: Apache-2.0
// Records that an audit goes through in the order of their keys. Each page of keys is cut into pieces that are judged at once,
// in threads where there are enough of them; what was found is added in the order of the keys all the same.
import { pMapIterable } from 'p-map';
import { type AuditContext, type AuditStage, chooseSample, type FoundInPart } from '../../verifier/src/audit/index.ts';
import { pagesOf, wholePagesOf } from './pages.ts';

export type RecordName = 'certificates' | 'manifests' | 'originals';

export interface AuditedRecords {
  readonly name: RecordName;
  /** Keys after this one, in their order. */
  keys(after: string | undefined, take: number): Promise<readonly string[]>;
  /** How many are judged together. */
  readonly together: number;
  judge(context: AuditContext, keys: readonly string[]): Promise<void>;
}

export interface Judges {
  /** How many pieces they judge at once. */
  readonly atOnce: number;
  /** For fewer pieces, starting them takes longer than judging here. */
  readonly worthFrom: number;
  judge(context: AuditContext, name: RecordName, keys: readonly string[]): Promise<FoundInPart>;
}

export function recordStage(records: AuditedRecords, judges: Judges): AuditStage {
  const { name, together, keys } = records;
  return {
    name,
    async *run(context, after) {
      const isChosen = await chooseSample(pagesOf(undefined, keys), context.sample);
      for await (const page of wholePagesOf(after, keys)) {
        const pieces = inPieces(page, together);
        if (pieces.length < judges.worthFrom) {
          await records.judge(context, page.filter(isChosen));
          yield page;
          continue;
        }
        const judged = pMapIterable(
          pieces,
          async (piece) => ({ piece, found: await judges.judge(context, name, piece.filter(isChosen)) }),
          { concurrency: judges.atOnce, backpressure: 2 * judges.atOnce },
        );
        for await (const { piece, found } of judged) {
          context.take(found);
          yield piece;
        }
      }
    },
  };
}

function inPieces(keys: readonly string[], size: number): string[][] {
  const pieces: string[][] = [];
  for (let at = 0; at < keys.length; at += size) pieces.push(keys.slice(at, at + size));
  return pieces;
}
