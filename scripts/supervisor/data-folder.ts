// SPDX-License-Identifier: Apache-2.0
// The data folder as one supervisor holds it: a lock against a second one, and a record of the processes it has
// started. The record outlives a SIGKILL, so that the next supervisor ends what the killed one left running.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { endProcess } from '../processes/end.ts';
import { eventually } from '../processes/eventually.ts';
import { Failure } from '../processes/failure.ts';
import { identify, isAlive, type ProcessIdentity, tryLock } from '../setup/lock.mjs';

/** A predecessor that is just stopping gets this long to let go. */
const LOCK_WITHIN_MS = 3_000;
/** A record that could not be written is tried again this often. */
const RECORD_AGAIN_MS = 1_000;

export interface DataFolder {
  /** To be called with the pid of every process that is started. Never throws: what cannot be written now is written later. */
  record(pid: number): void;
  release(): void;
}

export async function holdDataFolder(folder: string): Promise<DataFolder> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lockFile = path.join(folder, 'lock');
  const recordFile = path.join(folder, 'processes.json');
  let holder = tryLock(lockFile);
  const isFree = async () => {
    holder = tryLock(lockFile);
    return !holder;
  };
  if (holder) await eventually(isFree, { what: 'the lock', withinMs: LOCK_WITHIN_MS }).catch(() => {});
  if (holder) {
    const advice = 'stop it first, or set INKSEAL_DATA to another folder';
    throw new Failure(`${folder} is in use by process ${holder.pid}, another "npm start": ${advice}`);
  }
  await endOrphans(readRecord(recordFile));

  const record = recordIn(recordFile);
  return {
    record: record.add,
    release: () => {
      record.remove();
      rmSync(lockFile, { force: true });
    },
  };
}

/** The processes are known in memory first, so that a full disk makes the supervisor forget none of them. */
function recordIn(file: string) {
  let started: ProcessIdentity[] = [];
  let retry: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(retry);
    retry = undefined;
    try {
      writeFileSync(`${file}.new`, JSON.stringify(started), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.warn(`inkseal: ${file} could not be written, trying again: ${reason}`);
      retry = setTimeout(write, RECORD_AGAIN_MS).unref();
    }
  };
  return {
    add(pid: number) {
      started = [...started.filter(isAlive), identify(pid)];
      write();
    },
    remove() {
      clearTimeout(retry);
      rmSync(file, { force: true });
    },
  };
}

/** Last started, first ended; a pid that now belongs to another process is left alone. */
async function endOrphans(recorded: ProcessIdentity[]): Promise<void> {
  for (const orphan of recorded.filter(isAlive).reverse()) {
    console.log(`inkseal: ending process ${orphan.pid}, left over from a supervisor that was killed`);
    await endProcess(orphan);
  }
}

const recordSchema = z.array(z.object({ pid: z.int(), startedAt: z.string() }));

function readRecord(file: string): ProcessIdentity[] {
  if (!existsSync(file)) return [];
  // Written by `record` alone, and renamed into place: whole or absent.
  return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
