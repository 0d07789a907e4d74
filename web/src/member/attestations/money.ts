// SPDX-License-Identifier: Apache-2.0

/** Whole fen as `¥30.00`. */
export function formatFen(fen: number): string {
  const yuan = Math.floor(fen / 100);
  return `¥${yuan}.${String(fen % 100).padStart(2, '0')}`;
}

/** Milliseconds as `27:46`. */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
