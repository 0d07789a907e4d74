// SPDX-License-Identifier: Apache-2.0
// Recognises that a disk is full: ours, or the one PostgreSQL writes to.

/** No space, or no quota, of the file system; and `disk_full` of PostgreSQL. */
const CODES = new Set(['ENOSPC', 'EDQUOT', '53100']);
/** Causes nest a few levels at most; a cycle must not keep us. */
const MAX_DEPTH = 8;

interface Wrapped {
  code?: unknown;
  originalCode?: unknown;
  cause?: unknown;
  errors?: unknown;
  meta?: unknown;
  driverAdapterError?: unknown;
}

/** True when the error, or one that it was made of, says that a disk is full. */
export function isDiskFull(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  // Prisma's adapter keeps PostgreSQL's code in `originalCode`, below `meta.driverAdapterError.cause`.
  const { code, originalCode, cause, errors, meta, driverAdapterError }: Wrapped = error;
  if (CODES.has(String(code)) || CODES.has(String(originalCode))) return true;
  const inner = [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])];
  return inner.some((each) => isDiskFull(each, depth + 1));
}
