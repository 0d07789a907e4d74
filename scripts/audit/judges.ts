// SPDX-License-Identifier: Apache-2.0
// Threads that judge records, on several processors: to open, digest and verify is computation.
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { type AuditContext, basisOf, type FoundInPart, NodeFailure } from '../../verifier/src/audit/index.ts';
import type { JudgedPiece, ThreadRequest, ThreadSettings } from './judge-thread.ts';
import type { RecordPlaces } from './open-sources.ts';
import type { Judges, Piece, RecordName } from './record-stage.ts';

/** Pieces of a page. To load the portal's code takes a thread some seconds. */
const WORTH_FROM = 30;
/** While one piece waits for the database, the node or the disk, its thread works on another. */
const PIECES_PER_THREAD = 3;
/** Each takes some 250 MB and two connections or more of each database. */
const MOST_THREADS = 4;
/** What belongs to a certificate, its package above all, is garbage soon, and is collected in larger portions. */
const YOUNG_HEAP_MB = 64;

export interface JudgeThreads extends Judges {
  close(): Promise<void>;
}

interface Running {
  readonly context: AuditContext;
  readonly threads: Piscina<ThreadRequest, JudgedPiece>;
  /** Why a thread could not even start. */
  notStarted?: Error;
}

/** The threads start with the first piece of an audit, and know what the chain said in that one. */
export function openJudges(places: RecordPlaces, rpc: string, worthFrom = WORTH_FROM): JudgeThreads {
  const threadCount = Math.min(MOST_THREADS, availableParallelism());
  let running: Running | undefined;

  function startFor(context: AuditContext): Running {
    const workerData: ThreadSettings = { places, rpc, basis: basisOf(context) };
    const filename = new URL('./judge-thread.ts', import.meta.url).href;
    const threads = new Piscina<ThreadRequest, JudgedPiece>({
      filename,
      name: 'judge',
      workerData,
      minThreads: threadCount,
      maxThreads: threadCount,
      concurrentTasksPerWorker: PIECES_PER_THREAD,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    const started: Running = { context, threads };
    // Such a pool starts no other thread, and what waits would wait forever.
    threads.on('error', (error: Error) => {
      started.notStarted = error;
      void threads.destroy();
    });
    return started;
  }

  return {
    atOnce: threadCount * PIECES_PER_THREAD,
    worthFrom,
    async judge(context: AuditContext, name: RecordName, piece: Piece): Promise<FoundInPart> {
      if (running?.context !== context) {
        void running?.threads.destroy();
        running = startFor(context);
      }
      const used = running;
      const judged = await used.threads.run({ name, piece }).catch((error: unknown) => {
        throw used.notStarted ?? error;
      });
      // Errors lose their class between threads.
      if ('nodeFailure' in judged) throw new NodeFailure(judged.nodeFailure);
      return judged;
    },
    async close() {
      await running?.threads.destroy();
    },
  };
}
