// SPDX-License-Identifier: Apache-2.0
// What the search asks for. The address holds all of it, so that a page of results can be sent on and reloaded.
export const CATEGORIES = ['DESIGN', 'FINE_ART', 'MUSIC'] as const;
export type Category = (typeof CATEGORIES)[number];

export interface WorkQuery {
  readonly q?: string;
  readonly category?: Category;
  readonly author?: string;
  /** Where the page begins, as the portal said at the end of the page before. */
  readonly cursor?: string;
}

/** Of an address that may have been typed: what means nothing is left out. */
export function queryOf(search: string): WorkQuery {
  const asked = new URLSearchParams(search);
  const [q, author, cursor] = ['q', 'author', 'cursor'].map((name) => asked.get(name)?.trim());
  const category = CATEGORIES.find((each) => each === asked.get('category'));
  return { ...(q && { q }), ...(category && { category }), ...(author && { author }), ...(cursor && { cursor }) };
}

export function addressOf(query: WorkQuery): string {
  const asked = new URLSearchParams(Object.entries(query)).toString();
  return asked === '' ? '/works' : `/works?${asked}`;
}
