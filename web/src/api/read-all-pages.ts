// SPDX-License-Identifier: Apache-2.0
// Every record that a search finds, whatever page is shown, page by page.
interface Page<Item> {
  items: Item[];
  next: string | null;
}

const PAGE = '100';

export async function readAllPages<Item>(
  read: (page: { limit: string; cursor?: string }) => Promise<Page<Item>>,
  onRead: (count: number) => void,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: PAGE, ...(cursor && { cursor }) });
    found.push(...page.items);
    onRead(found.length);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return found;
}
