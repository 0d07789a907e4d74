// SPDX-License-Identifier: Apache-2.0
// What stands on the pages of a certificate, of one kind or the other, before it is spread over them.
import { type Block, fitPage, heightOf, type PlacedBlock, spreadPages } from './pages.ts';

/** Points. A page with less would look like a mistake: the content is then spread in another way. */
const LEAST_ON_A_PAGE = 160;

export interface Layout {
  /** Answers where the content below begins. */
  drawHead(): number;
  /** The first that fits is taken; if none does, the blocks of `fallback` are spread over as many pages as they take. */
  arrangements(): { tried: readonly Arrangement[]; fallback: Arrangement };
}

export interface Arrangement {
  main: Block[];
  /** Most points between the blocks of the first page, when they do not fill it. */
  gap?: number;
  /** On further pages. */
  listed: Block[];
}

export function placeBlocks({ arrangements }: Layout, top: number): PlacedBlock[] {
  const { tried, fallback } = arrangements();
  for (const { main, listed, gap } of tried) {
    const placed = fitPage(main, top, gap);
    if (placed && !isNearlyBlank(listed)) return [...placed, ...spreadPages(listed, { firstPage: 2 })];
  }
  return spreadPages([...fallback.main, ...fallback.listed], { firstPage: 1, firstTop: top });
}

const isNearlyBlank = (listed: readonly Block[]): boolean => listed.length > 0 && heightOf(listed) < LEAST_ON_A_PAGE;
