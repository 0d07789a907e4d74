// SPDX-License-Identifier: Apache-2.0
// The pages that were opened, as tabs. They last as long as the browser's tab does.
import type { About } from '../../kit/about.ts';

export interface OpenPage {
  /** Without the query. */
  path: string;
  /** With the query it was left with. */
  address: string;
  /** What it is about, as soon as it has said so. */
  about?: About;
}

const STORAGE_KEY = 'inkseal-pages';
const MOST = 12;

/** Adds the page, or remembers its newest address. The oldest other page goes when there are too many. */
export function withPage(pages: readonly OpenPage[], page: OpenPage): OpenPage[] {
  if (pages.some(({ path }) => path === page.path))
    return pages.map((each) => (each.path === page.path ? { ...each, ...page } : each));
  return [...pages, page].slice(-MOST);
}

/** The pages with what the one at this path is about. */
export function withAbout(pages: readonly OpenPage[], path: string, about: About): OpenPage[] {
  return pages.map((page) => (page.path === path ? { ...page, about } : page));
}

/** Names that differ: the page's own, what it is about, and the end of its number where two would be the same. */
export function namesOf(pages: readonly OpenPage[], nameOf: (path: string) => string): string[] {
  const names = pages.map(({ path, about }) => [nameOf(path), about?.title].filter(Boolean).join(' · '));
  return names.map((name, index) => {
    const isAlone = names.filter((each) => each === name).length === 1;
    const number = pages[index]?.about?.number;
    return isAlone || !number ? name : `${name} (${number.slice(-4)})`;
  });
}

/** What is left, and where to go when the page on show was closed: to its neighbour. */
export function withoutPage(
  pages: readonly OpenPage[],
  path: string,
): { pages: OpenPage[]; neighbour: string | undefined } {
  const index = pages.findIndex((page) => page.path === path);
  const left = pages.filter((page) => page.path !== path);
  return { pages: left, neighbour: left[Math.min(index, left.length - 1)]?.address };
}

export function readPages(): OpenPage[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isPage) : [];
  } catch {
    return [];
  }
}

export function storePages(pages: readonly OpenPage[]): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(pages));
  } catch {
    // A browser that may not store: tabs then last until the page is loaded again.
  }
}

function isPage(value: unknown): value is OpenPage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    'address' in value &&
    typeof value.path === 'string' &&
    typeof value.address === 'string'
  );
}
