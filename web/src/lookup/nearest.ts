// SPDX-License-Identifier: Apache-2.0
import type { FileDigest, ListedFile } from '@inkseal/verifier';

/**
 * The listed file that a file was most likely meant to be: of the same name; else, among those of the same ending, or among
 * all when none has it, the one whose size is closest.
 */
export function nearestTo({ name = '', size }: FileDigest, listed: readonly ListedFile[]): ListedFile | undefined {
  const ending = /\.[^.]+$/.exec(name)?.[0];
  const alike = listed.filter((file) => ending !== undefined && file.name.endsWith(ending));
  const distance = (file: ListedFile) => {
    const difference = BigInt(file.size) - BigInt(size);
    return difference < 0n ? -difference : difference;
  };
  const byDistance = (a: ListedFile, b: ListedFile) => Number(distance(a) - distance(b));
  return listed.find((file) => file.name === name) ?? (alike.length > 0 ? alike : [...listed]).toSorted(byDistance)[0];
}
