// SPDX-License-Identifier: Apache-2.0
// The people of a work, one under the other with the whole width for each name, when the first page has no room for
// them.
import type { Party } from '../facts.ts';
import type { Block } from './pages.ts';
import { INK, INK_2, INK_3, LINE, type Paper, SHEET } from './paper.ts';
import { wrap } from './text.ts';

const ROLE = SHEET.left + 20;
const NAME = { x: SHEET.left + 100, width: 280 };
const NAME_STYLE = { size: 8.5 };
const LINE_HEIGHT = 11.5;
const ROLES = { depositor: '存证人 Depositor', author: '作者 Author' };

/** One block per person: a page takes as many as fit. */
export function peopleList(paper: Paper, parties: readonly Party[]): Block[] {
  const heading: Block = {
    height: 22,
    isHeading: true,
    begins: 'people',
    draw: (top) => drawTitle(paper, parties, top),
  };
  return [heading, ...parties.map((party, index) => listedPerson(paper, party, index))];
}

function drawTitle(paper: Paper, parties: readonly Party[], top: number): void {
  const width = paper.text('存证人与作者', SHEET.left, top, { size: 10.5, face: 'bold' });
  const count = (role: Party['role']) => parties.filter((party) => party.role === role).length;
  const note = `存证人 ${count('depositor')} 位，作者 ${count('author')} 位 · Depositors: ${count('depositor')}, authors: ${count('author')}`;
  paper.text(note, SHEET.left + width + 10, top + 2.6, { size: 7, colour: INK_3 });
  paper.line(top + 17, { width: 0.9, colour: INK });
}

function listedPerson(paper: Paper, { role, name, idNumber }: Party, index: number): Block {
  const widthOf = (sign: string) => paper.widthOf(sign, NAME_STYLE);
  const lines = wrap(paper.printable(name), { width: NAME.width, widthOf });
  return {
    height: lines.length * LINE_HEIGHT + 8,
    isJoined: true,
    draw(top) {
      paper.text(String(index + 1), SHEET.left, top + 4, { size: 8.5, colour: INK_3 });
      paper.text(ROLES[role], ROLE, top + 4.8, { size: 7.5, colour: INK_2 });
      for (const [row, line] of lines.entries()) paper.text(line, NAME.x, top + 4 + row * LINE_HEIGHT, NAME_STYLE);
      if (idNumber) paper.textEndingAt(idNumber, SHEET.right, top + 4, NAME_STYLE);
      paper.line(top + lines.length * LINE_HEIGHT + 7, { colour: LINE });
    },
  };
}
