// SPDX-License-Identifier: Apache-2.0
// A few of many rows, in random order: rows that fail each time hold up no others.
import { randomInt } from 'node:crypto';

export interface Rows<Row> {
  count(): PromiseLike<number>;
  /** In an order that stays the same. */
  read(page: { skip: number; take: number }): PromiseLike<Row[]>;
}

/** At most `limit` rows, each as likely as any other. */
export async function readRandomRows<Row>(limit: number, { count, read }: Rows<Row>): Promise<Row[]> {
  const total = await count();
  const skip = total > limit ? randomInt(total) : 0;
  const rows = await read({ skip, take: limit });
  const isEndReached = total > limit && rows.length < limit;
  const others = isEndReached ? await read({ skip: 0, take: limit - rows.length }) : [];
  return shuffled([...rows, ...others]);
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
