// SPDX-License-Identifier: Apache-2.0
// The facts in two columns: the work at the left, persons and times at the right.
import type { Party } from '../facts.ts';
import { CREATION_WORDS, WORK_TYPE_WORDS, wordsOf } from './labels.ts';
import { INK_2, INK_3, type Paper, SHEET } from './paper.ts';
import type { Block, PrintedCertificate } from './render-certificate.ts';
import { beijingDay, beijingTime, groupedNumber, wrap } from './text.ts';

const LABEL = 60;
const COLUMNS = [
  { x: SHEET.left, width: 262 },
  { x: SHEET.left + 272, width: SHEET.width - 272 },
] as const;
const LINE_HEIGHT = 11.5;
const GAP = 10;

interface Fact {
  zh: string;
  en: string;
  lines: string[];
  /** Small, under the value. */
  note?: string;
  isBold?: boolean;
}

export function factsBlock(paper: Paper, printed: PrintedCertificate): Block {
  const { facts } = printed;
  const columns = [workFacts(paper, printed), personFacts(paper, printed)] as const;
  const rows = Math.max(columns[0].length, columns[1].length);
  const heights = Array.from({ length: rows }, (_, row) => Math.max(...columns.map((list) => heightOf(list[row]))));
  const submission = facts.submission && submissionLine(facts.submission);
  const total = heights.reduce((sum, height) => sum + height, 0);
  return {
    height: total + (submission ? 20 : 0),
    draw(top) {
      let y = top;
      for (const [row, height] of heights.entries()) {
        for (const [column, list] of columns.entries()) drawFact(paper, list[row], { ...columnAt(column), y });
        y += height;
      }
      if (submission) drawFact(paper, submission, { x: SHEET.left, y });
    },
  };
}

function workFacts(paper: Paper, { facts: { work } }: PrintedCertificate): Fact[] {
  const type = wordsOf(WORK_TYPE_WORDS, work.workType);
  const nature = wordsOf(CREATION_WORDS, work.creationNature);
  const note = work.workTypeNote ? `（${work.workTypeNote}）` : '';
  return [
    {
      zh: '作品名称',
      en: 'Title of work',
      lines: fit(paper, work.title, { column: 0, maxLines: 3, isBold: true }),
      isBold: true,
    },
    {
      zh: '存证类型',
      en: 'Type of work',
      lines: fit(paper, `${type.zh}${note}`, { column: 0, maxLines: 2 }),
      note: type.en,
    },
    { zh: '创作性质', en: 'Nature', lines: [nature.zh], note: nature.en },
    { zh: '完成时间', en: 'Completed on', lines: [work.completedOn] },
  ];
}

function personFacts(paper: Paper, { facts }: PrintedCertificate): Fact[] {
  const named = (role: Party['role']) => facts.parties.filter((party) => party.role === role).map(partyText);
  const { receivedAt } = facts.record;
  return [
    { zh: '存证人', en: 'Depositor', lines: fit(paper, named('depositor').join('、'), { column: 1, maxLines: 2 }) },
    { zh: '作者', en: 'Author', lines: fit(paper, named('author').join('、'), { column: 1, maxLines: 4 }) },
    { zh: '存证日期', en: 'Date', lines: [beijingDay(receivedAt)] },
    { zh: '存证时间', en: 'Time received', lines: [`${beijingTime(receivedAt).slice(11)}（北京时间，UTC+8）`] },
  ];
}

const partyText = ({ name, idNumber }: Party): string => (idNumber ? `${name}  ${idNumber}` : name);

/** Paid and put on record before anybody reviewed it: review costs no time. */
function submissionLine({ number, receivedAt }: { number: string; receivedAt: string }): Fact {
  const text = `${beijingTime(receivedAt)}（北京时间）  登记号 ${groupedNumber(number)}`;
  return {
    zh: '提交存证',
    en: 'Submission',
    lines: [text],
    note: 'Put on record before review, under a number of its own / 审核之前已先行存证',
  };
}

function fit(
  paper: Paper,
  text: string,
  { column, maxLines, isBold = false }: { column: number; maxLines: number; isBold?: boolean },
): string[] {
  const style = { size: isBold ? 10 : 8.5, face: isBold ? ('bold' as const) : ('sans' as const) };
  return wrap(paper.printable(text), {
    width: columnAt(column).width - LABEL,
    maxLines,
    widthOf: (sign) => paper.widthOf(sign, style),
  });
}

const columnAt = (index: number) => (index === 0 ? COLUMNS[0] : COLUMNS[1]);

const heightOf = (fact: Fact | undefined): number =>
  fact ? Math.max(fact.lines.length * LINE_HEIGHT + (fact.note ? 7 : 0), 17) + GAP - 6 : 0;

function drawFact(paper: Paper, fact: Fact | undefined, { x, y }: { x: number; y: number }): void {
  if (!fact) return;
  paper.text(fact.zh, x, y, { size: 8.5, colour: INK_3 });
  paper.text(fact.en, x, y + 10.8, { size: 5.6, colour: INK_3 });
  const style = fact.isBold ? { size: 10, face: 'bold' as const } : { size: 8.5 };
  for (const [index, line] of fact.lines.entries()) {
    paper.text(line, x + LABEL, y + index * LINE_HEIGHT - (fact.isBold ? 1.4 : 0), style);
  }
  if (fact.note)
    paper.text(fact.note, x + LABEL, y + fact.lines.length * LINE_HEIGHT - 0.6, { size: 5.6, colour: INK_2 });
}
