// SPDX-License-Identifier: Apache-2.0
// Whether the database's disk is full, as far as this process has met it. Nobody may write while readiness says so, so it
// is found out here when there is room again.
import { DomainError } from '../errors.ts';
import type { Database } from './database.ts';
import { stayOnTheDisk, takeRoom } from './room.sql.ts';

/** How often a disk that was full is tried. */
const TRY_EVERY_MS = 2_000;

export interface DiskWatch {
  /** A write has failed for want of room. */
  noteFull(): void;
  /** A write has found room. */
  noteRoom(): void;
  /** Tries the disk again now and then while it is full. */
  isFull(database: Pick<Database, 'transaction'>): Promise<boolean>;
}

export function createDiskWatch(): DiskWatch {
  let full = false;
  let tryAt = 0;
  let trying: Promise<void> | undefined;

  async function retry(database: Pick<Database, 'transaction'>): Promise<void> {
    tryAt = Date.now() + TRY_EVERY_MS;
    try {
      await database.transaction(async (tx) => {
        await stayOnTheDisk(tx);
        await takeRoom(tx);
      });
      full = false;
    } catch (error) {
      // Any other failure says nothing about the disk.
      if (error instanceof DomainError && error.code === 'store-unavailable') full = true;
    }
  }

  return {
    noteFull() {
      full = true;
    },
    noteRoom() {
      full = false;
    },
    async isFull(database) {
      if (full && Date.now() >= tryAt) {
        trying ??= retry(database).finally(() => {
          trying = undefined;
        });
        await trying;
      }
      return full;
    },
  };
}
