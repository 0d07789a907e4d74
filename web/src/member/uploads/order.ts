// SPDX-License-Identifier: Apache-2.0

/**
 * The list with what has just come, each at the place that its file had among those that were chosen together: files are sent
 * two at a time, and the smaller one arrives first. What somebody has put elsewhere since stays there.
 */
export function placed<T>(list: readonly T[], arrived: readonly T[], rankOf: (entry: T) => number): T[] {
  const result = [...list];
  for (const entry of arrived) {
    const rank = rankOf(entry);
    const before = result.findIndex((each) => rankOf(each) > rank);
    result.splice(before < 0 ? result.length : before, 0, entry);
  }
  return result;
}

/** The list with this entry so many places further on; the same list where there is no such place. */
export function moved<T>(list: readonly T[], from: number, step: number): T[] {
  const to = from + step;
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, entry);
}
