// SPDX-License-Identifier: Apache-2.0
// What an evidence package lists of itself: manifest.json, for programs, and SHA256SUMS, for `sha256sum -c`.
import { createHash } from 'node:crypto';

/** An entry, or a file that is too large to be one. */
export interface Listed {
  name: string;
  size: number;
  sha256: string;
  /** Unknown of what was uploaded before SM3 was computed. */
  sm3?: string | undefined;
  isIncluded: boolean;
}

export function listed(name: string, content: string | Uint8Array): Listed {
  const bytes = Buffer.from(content);
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  return { name, size: bytes.length, sha256: digest('sha256'), sm3: digest('sm3'), isIncluded: true };
}

/** Every entry but itself and SHA256SUMS, which lists it. Sizes are texts, as in the proof. */
export function manifestJson(number: string, entries: readonly Listed[]): string {
  const files = byName(entries).map(({ name, size, sha256, sm3, isIncluded }) => ({
    ...{ name, size: String(size), sha256, sm3 },
    ...(isIncluded ? {} : { isIncluded }),
  }));
  return `${JSON.stringify({ v: 1, number, files }, null, 2)}\n`;
}

/** Every entry but this list itself, in the format of `sha256sum -c`. The verifier tells a package that lists its proof from
 * one that was issued earlier, when only originals were listed. */
export const sumsText = (entries: readonly Pick<Listed, 'name' | 'sha256'>[]): string =>
  byName(entries)
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('');

const byName = <Entry extends { name: string }>(entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
