// SPDX-License-Identifier: Apache-2.0
// Which block stands on which page, decided before anything is drawn.
import { SHEET } from './paper.ts';

const NEXT_PAGE_TOP = 48;
const GAP = 12;
/** Steps in which page heights are tried, in points. */
const STEP = 8;

/** Something with a height that is drawn whole on one page. */
export interface Block {
  height: number;
  draw(top: number, pages: PageNumbers): void;
  /** Follows the block above it without a gap. */
  isJoined?: boolean;
  /** Never the last on its page. */
  isHeading?: boolean;
  /** A list that begins here, for those who refer to it. */
  begins?: ListName;
}

export type ListName = 'people' | 'files';

export type PageNumbers = Readonly<Partial<Record<ListName, number>>>;

export interface PlacedBlock {
  block: Block;
  /** From 1. */
  page: number;
  top: number;
}

/** One page of blocks, with what is left of it between them; undefined when they do not fit. */
export function fitPage(blocks: readonly Block[], top: number, mostGap = GAP): PlacedBlock[] | undefined {
  const spare = SHEET.bottom - top - heightOf(blocks);
  if (spare < 0) return undefined;
  const gaps = blocks.filter(({ isJoined }) => !isJoined).length;
  return stack(blocks, { page: 1, top, gap: Math.min(mostGap, spare / gaps) });
}

/** As few pages as hold the blocks, filled about equally, so that none is left nearly blank. */
export function spreadPages(
  blocks: readonly Block[],
  { firstPage, firstTop = NEXT_PAGE_TOP }: { firstPage: number; firstTop?: number },
): PlacedBlock[] {
  const { length } = fillPages(blocks, firstTop, SHEET.bottom);
  let bottom = SHEET.bottom;
  while (bottom - STEP > firstTop && fillPages(blocks, firstTop, bottom - STEP).length === length) bottom -= STEP;
  return fillPages(blocks, firstTop, bottom).flatMap((list, index) =>
    stack(list, { page: firstPage + index, top: index === 0 ? firstTop : NEXT_PAGE_TOP, gap: GAP }),
  );
}

/** A block that is higher than the room of any page gets one alone. */
function fillPages(blocks: readonly Block[], firstTop: number, bottom: number): Block[][] {
  const pages: Block[][] = [[]];
  let y = firstTop;
  for (const [index, block] of blocks.entries()) {
    const next = block.isHeading ? blocks[index + 1] : undefined;
    const page = pages.at(-1);
    const gap = block.isJoined || page?.length === 0 ? 0 : GAP;
    const isFresh = page?.length === 0 && y === NEXT_PAGE_TOP;
    if (page && (isFresh || y + gap + block.height + (next?.height ?? 0) <= bottom)) {
      page.push(block);
      y += gap + block.height;
      continue;
    }
    pages.push([block]);
    y = NEXT_PAGE_TOP + block.height;
  }
  return pages;
}

function stack(
  blocks: readonly Block[],
  { page, top, gap }: { page: number; top: number; gap: number },
): PlacedBlock[] {
  let y = top;
  return blocks.map((block, index) => {
    if (index > 0 && !block.isJoined) y += gap;
    const placed = { block, page, top: y };
    y += block.height;
    return placed;
  });
}

export const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { height }) => sum + height, 0);
