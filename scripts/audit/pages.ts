// SPDX-License-Identifier: Apache-2.0
// Keys in their order, page by page: whatever there are, one page of them is in memory.
const PAGE = 1_000;

type ReadPage = (last: string | undefined, take: number) => Promise<readonly string[]>;

export async function* pagesOf(after: string | undefined, read: ReadPage): AsyncGenerator<string> {
  for await (const keys of wholePagesOf(after, read)) yield* keys;
}

/** For rows that are read a page at a time. */
export async function* wholePagesOf(after: string | undefined, read: ReadPage): AsyncGenerator<readonly string[]> {
  let last = after;
  for (;;) {
    const keys = await read(last, PAGE);
    yield keys;
    if (keys.length < PAGE) return;
    last = keys.at(-1);
  }
}
