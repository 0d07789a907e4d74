// SPDX-License-Identifier: Apache-2.0
// The facts in two columns: the work at the left, persons and times at the right.
import type { AttestationContent, AttestationFacts, Party } from '../facts.ts';
import { CREATION_WORDS, WORK_TYPE_WORDS, type Words, wordsOf } from './labels.ts';
import type { Block, PageNumbers } from './pages.ts';
import { INK_2, INK_3, type Paper, SHEET, type TextStyle } from './paper.ts';
import { type PeoplePlace, peopleLines } from './people-list.ts';
import { isPreview, PENDING, type Printed } from './printed-certificate.ts';
import { beijingDay, beijingTime, groupedNumber, wrap } from './text.ts';

const LABEL = 60;
const COLUMNS = [
  { x: SHEET.left, width: 262 },
  { x: SHEET.left + 272, width: SHEET.width - 272 },
] as const;
const LINE_HEIGHT = 11.5;
const VALUE = { size: 8.5 };
const TITLE = { size: 10, face: 'bold' as const };
const GAP = 10;

interface Fact {
  zh: string;
  en: string;
  lines: string[];
  /** Small, under the value. */
  note?: string;
  style?: TextStyle;
}

/** A block per row: a row of long texts may begin a page. */
export function factsBlocks(
  paper: Paper,
  printed: Printed,
  { content, place }: { content: AttestationContent | AttestationFacts; place: PeoplePlace },
): Block[] {
  const work = workFacts(paper, content);
  // Before the pages are laid out, the number of a page takes as much room as it will.
  const people = (pages: PageNumbers) => [
    ...personFacts(paper, content, { place, page: pages.people ?? 0 }),
    ...timeFacts(printed),
  ];
  const unplaced = people({});
  const rows = Array.from({ length: Math.max(work.length, unplaced.length) }, (_, row): Block => {
    const height = Math.max(heightOf(work[row]), heightOf(unplaced[row]));
    return {
      height,
      isJoined: row > 0,
      draw(y, pages) {
        paragraph(paper, work[row], { x: COLUMNS[0].x, y });
        paragraph(paper, people(pages)[row], { x: COLUMNS[1].x, y });
      },
    };
  });
  const line = isPreview(printed) ? UNPAID_LINE : submissionLine(content);
  if (!line) return rows;
  return [...rows, { height: 20, isJoined: true, draw: (y) => paragraph(paper, line, { x: SHEET.left, y }) }];
}

function workFacts(paper: Paper, { work }: AttestationContent): Fact[] {
  const type = wordsOf(WORK_TYPE_WORDS, work.workType);
  const nature = wordsOf(CREATION_WORDS, work.creationNature);
  const note = work.workTypeNote ? `（${work.workTypeNote}）` : '';
  const column = columnOf(paper, 0);
  const title = paper.printable(work.title);
  // Not one word in two weights: fonts of rare characters have one.
  const style: TextStyle = paper.hasBold(title) ? TITLE : { size: TITLE.size };
  return [
    {
      zh: '作品名称',
      en: 'Title of work',
      lines: wrap(title, { ...column, widthOf: (sign) => paper.widthOf(sign, style) }),
      style,
    },
    { zh: '存证类型', en: 'Type of work', lines: wrap(paper.printable(`${type.zh}${note}`), column), note: type.en },
    { zh: '创作性质', en: 'Nature', lines: [nature.zh], note: nature.en },
    { zh: '完成时间', en: 'Completed on', lines: [work.completedOn] },
  ];
}

function personFacts(
  paper: Paper,
  { parties }: AttestationContent,
  placing: { place: PeoplePlace; page: number },
): Fact[] {
  const persons = (role: Party['role'], words: Words): Fact => {
    const people = parties.filter((party) => party.role === role);
    return { ...words, ...peopleLines(paper, people, { ...placing, ...columnOf(paper, 1) }) };
  };
  return [persons('depositor', { zh: '存证人', en: 'Depositor' }), persons('author', { zh: '作者', en: 'Author' })];
}

function timeFacts(printed: Printed): Fact[] {
  const at = isPreview(printed) ? undefined : printed.facts.record.receivedAt;
  const [day, time] = at ? [beijingDay(at), `${beijingTime(at).slice(11)}（北京时间，UTC+8）`] : [PENDING, PENDING];
  return [
    { zh: '存证日期', en: 'Date', lines: [day] },
    { zh: '存证时间', en: 'Time received', lines: [time] },
  ];
}

/** Paid and put on record before anybody reviewed it: review costs no time. */
const SUBMISSION = {
  zh: '提交存证',
  en: 'Submission',
  note: 'Put on record before the review, under its own number / 审核之前已先行存证',
};
const UNPAID_LINE: Fact = { ...SUBMISSION, lines: ['付款后填入 Filled in once it is paid'] };

function submissionLine(content: AttestationContent | AttestationFacts): Fact | undefined {
  const submission = 'submission' in content ? content.submission : undefined;
  if (!submission) return undefined;
  const time = beijingTime(submission.receivedAt);
  return { ...SUBMISSION, lines: [`${time}（北京时间）  登记号 ${groupedNumber(submission.number)}`] };
}

function columnOf(paper: Paper, index: 0 | 1) {
  return { width: COLUMNS[index].width - LABEL, widthOf: (sign: string) => paper.widthOf(sign, VALUE) };
}

const heightOf = (fact: Fact | undefined): number =>
  fact ? Math.max(fact.lines.length * LINE_HEIGHT + (fact.note ? 7 : 0), 17) + GAP - 6 : 0;

function paragraph(paper: Paper, fact: Fact | undefined, place: { x: number; y: number }): void {
  if (fact) paper.tagged('P', () => drawFact(paper, fact, place));
}

function drawFact(paper: Paper, fact: Fact, { x, y }: { x: number; y: number }): void {
  paper.text(fact.zh, x, y, { size: 8.5, colour: INK_3 });
  paper.text(fact.en, x, y + 10.8, { size: 5.6, colour: INK_3 });
  const { style = VALUE } = fact;
  for (const [index, line] of fact.lines.entries()) {
    paper.text(line, x + LABEL, y + index * LINE_HEIGHT - (fact.style ? 1.4 : 0), style);
  }
  if (fact.note)
    paper.text(fact.note, x + LABEL, y + fact.lines.length * LINE_HEIGHT - 0.6, { size: 5.6, colour: INK_2 });
}
