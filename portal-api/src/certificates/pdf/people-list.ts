// SPDX-License-Identifier: Apache-2.0
// The people of a work, one under the other with the whole width for each name, when the first page has no room for
// them.
import { percentOf, shareIn } from '@inkseal/verifier';
import { LEFT_TO_RIGHT_MARK } from '../../fonts/index.ts';
import type { ListedPerson } from '../read-sections.ts';
import type { Words } from './labels.ts';
import type { Block } from './pages.ts';
import { INK, INK_2, INK_3, LINE, type Paper, SHEET } from './paper.ts';
import { type Wrapping, wrap, wrapNames } from './text.ts';

const ROLE = SHEET.left + 20;
const NAME = { x: SHEET.left + 100, width: 280 };
const NAME_STYLE = { size: 8.5 };
const LINE_HEIGHT = 11.5;

/** Names of several persons stand beside their label, or in their own list that the label refers to. */
export type PeoplePlace = 'in-place' | 'in-list';

/** The names, or on which page they are. */
export function peopleLines(
  paper: Paper,
  people: readonly ListedPerson[],
  { place, page, ...wrapping }: { place: PeoplePlace; page: number } & Wrapping,
): { lines: string[]; note?: string } {
  if (place === 'in-place' || people.length < 2)
    return {
      lines: wrapNames(
        people.map((person) => personText(paper, person)),
        wrapping,
      ),
    };
  return {
    lines: [`共 ${people.length} 位，全部列于第 ${page} 页`],
    note: `${people.length} in all, listed on page ${page}`,
  };
}

export interface PeopleWords {
  title: string;
  /** In the order in which they are listed; `plural` as in the note beside the title. */
  roles: readonly (Words & { role: string; plural: string })[];
}

/** One block per person: a page takes as many as fit. */
export function peopleList(paper: Paper, parties: readonly ListedPerson[], words: PeopleWords): Block[] {
  const heading: Block = {
    height: 22,
    isHeading: true,
    begins: 'people',
    draw: (top) => drawTitle(paper, parties, { ...words, top }),
  };
  const listed = words.roles.flatMap(({ role, zh, en }) =>
    parties.filter((party) => party.role === role).map((party) => ({ ...party, words: `${zh} ${en}` })),
  );
  return [heading, ...listed.map((person, index) => listedPerson(paper, person, index))];
}

function personText(paper: Paper, { name, idNumber, shareBasisPoints }: ListedPerson): string {
  const share = shareIn(shareBasisPoints);
  return (
    paper.printable(name) +
    (idNumber ? `  ${LEFT_TO_RIGHT_MARK}${idNumber}` : '') +
    (share === undefined ? '' : `  份额 ${percentOf(share)}%`)
  );
}

function drawTitle(
  paper: Paper,
  parties: readonly ListedPerson[],
  { title, roles, top }: PeopleWords & { top: number },
): void {
  const counts = roles.map(({ role }) => parties.filter((party) => party.role === role).length);
  const chinese = roles.map(({ zh }, index) => `${zh} ${counts[index]} 位`).join('，');
  const english = roles.map(({ plural }, index) => `${plural}: ${counts[index]}`).join(', ');
  paper.tagged('H2', () => {
    const width = paper.text(title, SHEET.left, top, { size: 10.5, face: 'bold' });
    paper.text(`${chinese} · ${english}`, SHEET.left + width + 10, top + 2.6, { size: 7, colour: INK_3 });
  });
  paper.line(top + 17, { width: 0.9, colour: INK });
}

function listedPerson(
  paper: Paper,
  { words, name, idNumber, shareBasisPoints }: Omit<ListedPerson, 'role'> & { words: string },
  index: number,
): Block {
  const widthOf = (sign: string) => paper.widthOf(sign, NAME_STYLE);
  const lines = wrap(paper.printable(name), { width: NAME.width, widthOf });
  const share = shareIn(shareBasisPoints);
  const height = Math.max(lines.length, share === undefined ? 1 : 2) * LINE_HEIGHT + 8;
  return {
    height,
    isJoined: true,
    draw(top) {
      paper.tagged('P', () => {
        paper.text(String(index + 1), SHEET.left, top + 4, { size: 8.5, colour: INK_3 });
        paper.text(words, ROLE, top + 4.8, { size: 7.5, colour: INK_2 });
        for (const [row, line] of lines.entries()) paper.text(line, NAME.x, top + 4 + row * LINE_HEIGHT, NAME_STYLE);
        if (idNumber) paper.textEndingAt(idNumber, SHEET.right, top + 4, NAME_STYLE);
        if (share !== undefined)
          paper.textEndingAt(`份额 Share ${percentOf(share)}%`, SHEET.right, top + 4 + LINE_HEIGHT, NAME_STYLE);
      });
      paper.line(top + height - 1, { colour: LINE });
    },
  };
}
