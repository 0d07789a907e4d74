// SPDX-License-Identifier: Apache-2.0
// Makes the copies again that a lost node had, where content is on several nodes.
import type { Logger } from 'pino';
import type { Schedules } from '../queue/schedules.ts';
import type { RepairedStore } from '../storage/open-content-store.ts';

const REPAIR_EVERY_MS = 10 * 60_000;

export interface CopyRepair {
  schedules: Schedules;
  /** As this process last found; undefined before, and for other stores. */
  copiesMissing(): number | undefined;
}

export function repairCopies(store: Pick<RepairedStore, 'repair'>, logger: Logger): CopyRepair {
  let missing: number | undefined;
  const { repair } = store;
  if (!repair) return { schedules: {}, copiesMissing: () => missing };
  const work = async () => {
    const found = await repair();
    missing = found.missing;
    if (found.missing > 0)
      logger.error({ alert: 'content-copies', ...found }, 'content has fewer copies than it should');
    else if (found.copied > 0) logger.info(found, 'copies of content were made again');
  };
  return { schedules: { 'repair-copies': { everyMs: REPAIR_EVERY_MS, work } }, copiesMissing: () => missing };
}
