// SPDX-License-Identifier: Apache-2.0
// What a service waits for at its start, from its log to the console: `waitingFor` of a line, with the words of the program
// that lets it wait.
import { closeSync, openSync, readSync, statSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;

/** Reads on in the log from here, each time it is called, and prints what is new. A log that cannot be read says nothing. */
export function showWaiting(name: string, logFile: string): () => void {
  let offset = sizeOf(logFile);
  let unfinished = '';
  let shown: string | undefined;
  return () => {
    // A log that was set aside begins again.
    if (sizeOf(logFile) < offset) offset = 0;
    const { text, read } = readFrom(logFile, offset);
    offset += read;
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const waitingFor = waitingOf(line);
      if (waitingFor === undefined || waitingFor === shown) continue;
      shown = waitingFor;
      console.log(`inkseal: the ${name} is waiting for ${waitingFor}`);
    }
  };
}

function waitingOf(line: string): string | undefined {
  if (!line.includes('"waitingFor"')) return undefined;
  try {
    const told: unknown = JSON.parse(line);
    const isTold = typeof told === 'object' && told !== null && 'waitingFor' in told;
    return isTold ? String(told.waitingFor) : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function readFrom(file: string, offset: number): { text: string; read: number } {
  try {
    const log = openSync(file, 'r');
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const read = readSync(log, chunk, 0, CHUNK_BYTES, offset);
      return { text: chunk.toString('utf8', 0, read), read };
    } finally {
      closeSync(log);
    }
  } catch {
    return { text: '', read: 0 };
  }
}
