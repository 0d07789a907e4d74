// SPDX-License-Identifier: Apache-2.0
// Keys in their order, page by page: whatever there are, one page of them is in memory.
const PAGE = 1_000;

export async function* pagesOf(
  after: string | undefined,
  read: (last: string | undefined, take: number) => Promise<readonly string[]>,
): AsyncGenerator<string> {
  let last = after;
  for (;;) {
    const keys = await read(last, PAGE);
    yield* keys;
    if (keys.length < PAGE) return;
    last = keys.at(-1);
  }
}
