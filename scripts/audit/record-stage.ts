// SPDX-License-Identifier: Apache-2.0
// Records that an audit goes through in the order of their keys. Each page of keys is cut into pieces that are judged at once,
// in threads where there are enough of them; what was found is added in the order of the keys all the same.
import { pMapIterable } from 'p-map';
import { type AuditContext, type AuditStage, chooseSample, type FoundInPart } from '../../verifier/src/audit/index.ts';
import { pagesOf, wholePagesOf } from './pages.ts';

export type RecordName = 'ledger' | 'receipts' | 'certificates' | 'manifests' | 'originals';

export interface Piece {
  readonly keys: readonly string[];
  /** Those of them that are in the sample; all without one. */
  readonly chosen: readonly string[];
}

export interface AuditedRecords {
  readonly name: RecordName;
  /** Keys after this one, in their order. */
  keys(context: AuditContext, after: string | undefined, take: number): Promise<readonly string[]>;
  /** How many are judged together. */
  readonly together: number;
  judge(context: AuditContext, piece: Piece): Promise<void>;
}

export interface Judges {
  /** How many pieces they judge at once. */
  readonly atOnce: number;
  /** For fewer pieces, starting them takes longer than judging here. */
  readonly worthFrom: number;
  judge(context: AuditContext, name: RecordName, piece: Piece): Promise<FoundInPart>;
}

export function recordStage(records: AuditedRecords, judges?: Judges): AuditStage {
  const { name } = records;
  return {
    name,
    async *run(context, after) {
      const keys = (last: string | undefined, take: number) => records.keys(context, last, take);
      const isChosen = await chooseSample(pagesOf(undefined, keys), context.sample);
      for await (const page of wholePagesOf(after, keys)) {
        const pieces = inPieces(page, records.together).map((piece) => ({
          keys: piece,
          chosen: piece.filter(isChosen),
        }));
        if (judges && pieces.length >= judges.worthFrom) yield* judgeAtOnce(context, { name, pieces, judges });
        else {
          for (const piece of pieces) {
            await records.judge(context, piece);
            yield piece.keys;
          }
        }
      }
    },
  };
}

async function* judgeAtOnce(
  context: AuditContext,
  { name, pieces, judges }: { name: RecordName; pieces: readonly Piece[]; judges: Judges },
): AsyncGenerator<readonly string[]> {
  const judge = async (piece: Piece) => ({ piece, found: await judges.judge(context, name, piece) });
  const atOnce = { concurrency: judges.atOnce, backpressure: 2 * judges.atOnce };
  for await (const { piece, found } of pMapIterable(pieces, judge, atOnce)) {
    context.take(found);
    yield piece.keys;
  }
}

function inPieces(keys: readonly string[], size: number): string[][] {
  const pieces: string[][] = [];
  for (let at = 0; at < keys.length; at += size) pieces.push(keys.slice(at, at + size));
  return pieces;
}
