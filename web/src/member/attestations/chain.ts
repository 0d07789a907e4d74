// SPDX-License-Identifier: Apache-2.0
// Works that are attested one after the other: their orders, for as long as the browser's tab lasts. Each has a form, a
// price and a review of its own.
const STORAGE_KEY = 'inkseal-attest-chain';

export interface Chain {
  ids: readonly string[];
  /** Place of this order, from 0. */
  place: number;
  /** The one after it, if there is one. */
  next: string | undefined;
}

export function storeChain(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(ids));
  } catch {
    // A browser that may not store: the orders are drafts in the list, and the chain is not shown.
  }
}

/** The chain that this order belongs to. */
export function chainOf(id: string): Chain | undefined {
  const ids = storedIds();
  const place = ids.indexOf(id);
  return place < 0 || ids.length < 2 ? undefined : { ids, place, next: ids[place + 1] };
}

function storedIds(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
