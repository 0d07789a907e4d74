// SPDX-License-Identifier: Apache-2.0
// A row about very few people is a row about each of them: the income from the only applicant of a city is that applicant's.

/** Groups of fewer different owners are shown together. */
export const LEAST_OWNERS = 5;

export interface OwnedGroup<Value> {
  value: Value;
  /** All of them where there are fewer than LEAST_OWNERS, else at least so many. */
  owners: ReadonlySet<string>;
  /** The larger come first. */
  size: number;
}

/**
 * The rest is what the totals show of the groups that are missing: where that is too few owners, the smallest shown group joins it.
 * Without any group to join it, it is the total itself, which is shown anyway.
 */
export function hideSmallGroups<Value>(groups: readonly OwnedGroup<Value>[]): { shown: Value[]; rest: Value[] } {
  const isLarge = ({ owners }: OwnedGroup<Value>) => owners.size >= LEAST_OWNERS;
  const shown = groups.filter(isLarge).toSorted((one, other) => other.size - one.size);
  const rest = groups.filter((each) => !isLarge(each));
  const owners = new Set(rest.flatMap((each) => [...each.owners]));
  const last = rest.length > 0 && owners.size < LEAST_OWNERS ? shown.pop() : undefined;
  if (last) rest.push(last);
  return { shown: shown.map(({ value }) => value), rest: rest.map(({ value }) => value) };
}
