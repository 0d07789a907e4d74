// SPDX-License-Identifier: Apache-2.0
// One page of a review queue, by the time since which a record is in its state.
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageQuery } from '../http/cursor.ts';

interface PageQuery {
  sort: 'stateAt' | '-stateAt';
  cursor?: string | undefined;
  limit: number;
}

/** What staff asks for: records in a state, or in any. */
export const reviewQuery = <const State extends readonly [string, ...string[]]>(states: State) =>
  z.strictObject({
    state: z.enum(states).optional(),
    sort: z.enum(['stateAt', '-stateAt']).default('stateAt'),
    ...pageQuery,
  });

/** For `findMany`: it asks for one row more than the page holds, which tells `pageOf` whether there is another page. */
export function reviewPage({ sort, cursor, limit }: PageQuery) {
  const [direction, beyond] = sort === '-stateAt' ? (['desc', 'lt'] as const) : (['asc', 'gt'] as const);
  const order = { orderBy: [{ stateAt: direction }, { id: direction }], take: limit + 1 };
  if (cursor === undefined) return { ...order, after: {} };
  const { key, id } = decodeCursor({ sort, type: 'timestamptz' }, cursor);
  const stateAt = new Date(key);
  return { ...order, after: { OR: [{ stateAt: { [beyond]: stateAt } }, { stateAt, id: { [beyond]: id } }] } };
}

export function pageOf<Item extends { id: string; waitingSince: string }>(
  found: readonly Item[],
  { sort, limit }: PageQuery,
): { items: Item[]; next: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = found.length > limit && last ? encodeCursor(sort, { key: last.waitingSince, id: last.id }) : null;
  return { items, next };
}
