// SPDX-License-Identifier: Apache-2.0

/** Milliseconds as `27:46`. */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
