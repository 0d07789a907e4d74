// SPDX-License-Identifier: Apache-2.0
// A lock file that outlives no process: it names its holder by pid and start time, so a lock left behind by a
// kill is taken over, and a pid that the system has given to somebody else is never mistaken for the holder.
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const POLL_MS = 200;

/** Runs `work` while holding the lock, after waiting for whoever holds it now. */
export async function withLock(file, reason, work) {
  let said = false;
  for (;;) {
    const holder = tryLock(file);
    if (!holder) break;
    if (!said) console.error(`inkseal: ${reason} by process ${holder.pid}; waiting ...`);
    said = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Takes the lock and returns undefined, or returns the living process that holds it. */
export function tryLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      if (linked(own, file)) return undefined;
      const holder = read(file);
      if (holder && isAlive(holder)) return holder;
      // Moved aside, not removed: of several processes that find the same dead lock only one succeeds.
      try {
        renameSync(file, `${own}.stale`);
      } catch {
        continue;
      }
      const moved = read(`${own}.stale`);
      if (moved && isAlive(moved)) linked(`${own}.stale`, file);
      rmSync(`${own}.stale`, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** A process as this machine can tell it from every other one, past and future. */
export function identify(pid) {
  return { pid, startedAt: startTime(pid) };
}

/** True while that very process runs; a zombie counts as gone. */
export function isAlive({ pid, startedAt }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return startedAt !== '' && startTime(pid) === startedAt;
}

/** 0 when it has none or is gone. */
export function parentOf(pid) {
  if (process.platform === 'linux') return Number(statOf(pid)?.[1] ?? 0);
  if (process.platform === 'win32') return 0;
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? 0);
}

/** Start time in whatever unit the platform reports: equal strings mean the same process. Empty: no such process. */
function startTime(pid) {
  if (process.platform === 'linux') {
    const [state = 'X', ...fields] = statOf(pid) ?? [];
    return state === 'Z' || state === 'X' ? '' : (fields[18] ?? '');
  }
  if (process.platform === 'win32') {
    const query = `(Get-Process -Id ${Number(pid)}).StartTime.ToFileTimeUtc()`;
    return spawnSync('powershell', ['-NoProfile', '-Command', query], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** The fields of proc(5) `stat` from the third, the state; before it stands the name, which may hold anything. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
}

function linked(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
