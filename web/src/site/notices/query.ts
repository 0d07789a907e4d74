// SPDX-License-Identifier: Apache-2.0
// What the notices are searched for. The address holds all of it, so that a page of results can be sent on and reloaded.
export interface NoticeQuery {
  readonly q?: string;
  /** Where the page begins, as the portal said at the end of the page before. */
  readonly cursor?: string;
}

/** Of an address that may have been typed: what means nothing is left out. */
export function noticeQueryOf(search: string): NoticeQuery {
  const asked = new URLSearchParams(search);
  const [q, cursor] = ['q', 'cursor'].map((name) => asked.get(name)?.trim());
  return { ...(q && { q }), ...(cursor && { cursor }) };
}

export function noticesAddress(query: NoticeQuery): string {
  const asked = new URLSearchParams(Object.entries(query)).toString();
  return asked === '' ? '/notices' : `/notices?${asked}`;
}
