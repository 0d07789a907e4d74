// SPDX-License-Identifier: Apache-2.0
// 份额: how much each of several depositors or owners has, where they state it: all of them or nobody, and 100 % together.
import { percentOf, WHOLE_SHARE } from '@inkseal/verifier';
import { z } from 'zod';
import type { FieldError } from '../errors.ts';

/** In hundredths of a percent: an integer from the form to the proof. */
export const shareSchema = z
  .int()
  .min(1)
  .max(WHOLE_SHARE)
  .meta({ description: '份额, in hundredths of a percent: stated by all of them or by nobody, 10000 together' });

interface Sharing {
  shareBasisPoints?: number;
}

export function shareFaults(list: string, people: readonly Sharing[]): FieldError[] {
  const shares = people.map(({ shareBasisPoints }) => shareBasisPoints);
  if (shares.every((share) => share === undefined)) return [];
  const missing = shares.flatMap((share, index): FieldError[] =>
    share === undefined ? [{ field: `${list}.${index}.shareBasisPoints`, code: 'missing' }] : [],
  );
  if (missing.length > 0) return missing;
  const sum = shares.reduce<number>((total, share = 0) => total + share, 0);
  return sum === WHOLE_SHARE ? [] : [{ field: list, code: 'sum-wrong' }];
}

/** One line per person; null where no shares are stated. */
export function sharesText(people: readonly (Sharing & { name: string })[]): string | null {
  const lines = people.flatMap(({ name, shareBasisPoints }) =>
    shareBasisPoints === undefined ? [] : [`${name} ${percentOf(shareBasisPoints)}%`],
  );
  return lines.length > 0 ? lines.join('\n') : null;
}
