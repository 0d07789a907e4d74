// SPDX-License-Identifier: Apache-2.0
// 确权存证编号: 19 digits that sort by time and stay below 2^63: the millisecond, then six digits that are random, so
// that members cannot tell from their own number how many orders there are or what the next number is.
import { randomInt } from 'node:crypto';

const PER_MS = 1_000_000n;
const LARGEST_STORED = 2n ** 63n - 1n;

let last = 0n;

/** Never smaller than one given before by this process. Two processes may meet: the database's unique key decides. */
export function newOrderNumber(now = Date.now()): bigint {
  const fresh = BigInt(now) * PER_MS + BigInt(randomInt(Number(PER_MS)));
  last = fresh > last ? fresh : last + 1n;
  return last;
}

/** What somebody typed as the number of an order; undefined when no order can have it. */
export function orderNumberIn(text: string): bigint | undefined {
  const number = /^\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  return number !== undefined && number <= LARGEST_STORED ? number : undefined;
}
