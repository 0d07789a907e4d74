// SPDX-License-Identifier: Apache-2.0
// The facts of a registration as rows across the page, in the order of the form that the copyright administration issues.
import type { RegistrationContent } from '../registration-content.ts';
import {
  ACQUISITION_WORDS,
  CREATION_WORDS,
  OWNERSHIP_WORDS,
  RIGHT_WORDS,
  SERVICE_WORDS,
  WORK_TYPE_WORDS,
  type Words,
  wordsOf,
} from './labels.ts';
import type { Block, PageNumbers } from './pages.ts';
import { INK_2, INK_3, LINE, type Paper, SHEET, type TextStyle } from './paper.ts';
import { type PeoplePlace, peopleLines } from './people-list.ts';
import { dayOf, wrap } from './text.ts';

const LABEL = 92;
const HALF = SHEET.width / 2;
const VALUE = { size: 10 };
const TITLE = { size: 12, face: 'bold' as const };
const NOTE = { size: 7.2, colour: INK_2 };
const LINE_HEIGHT = 14;
const NOTE_HEIGHT = 9.6;
const LEAST_HEIGHT = 29;

interface Fact {
  zh: string;
  en: string;
  lines: string[];
  /** Small, under the value. */
  notes: string[];
  style?: TextStyle;
}

type Place = 'whole' | 'half';

/** A block per row: a row of long texts may begin a page. */
export function registrationFacts(paper: Paper, content: RegistrationContent, place: PeoplePlace): Block[] {
  const { work, rights } = content;
  const people = (role: 'author' | 'owner', words: Words, page = 0): Fact => {
    const listed = content.parties.filter((party) => party.role === role);
    const { lines, note } = peopleLines(paper, listed, { place, page, ...wrapping(paper, 'whole') });
    return { ...words, lines, notes: note === undefined ? [] : [note] };
  };
  // Before the pages are laid out, the number of a page takes as much room as it will.
  const rows: ((pages: PageNumbers) => Fact[])[] = [
    () => [titleFact(paper, work)],
    () => [typeFact(paper, work)],
    (pages) => [people('author', { zh: '作者', en: 'Author' }, pages.people)],
    (pages) => [people('owner', { zh: '著作权人', en: 'Copyright owner' }, pages.people)],
    () => [natureFact(work), completionFact(work)],
    () => [publicationFact(paper, work)],
    () => [acquisitionFact(paper, rights), ownershipFact(rights)],
    () => [rightsFact(paper, rights)],
    ...(content.version ? [versionFact(paper, content.version)] : []).map((fact) => () => [fact]),
  ];
  return rows.map((factsOf, row) => {
    const height = Math.max(LEAST_HEIGHT, ...factsOf({}).map(heightOf));
    return {
      height,
      isJoined: row > 0,
      draw(y, pages) {
        for (const [column, fact] of factsOf(pages).entries())
          paper.tagged('P', () => drawFact(paper, fact, { x: SHEET.left + column * HALF, y }));
        paper.line(y + height - 0.5, { colour: LINE });
      },
    };
  });
}

function titleFact(paper: Paper, work: RegistrationContent['work']): Fact {
  const title = paper.printable(work.title);
  // Not one word in two weights: fonts of rare characters have one.
  const style: TextStyle = paper.hasBold(title) ? TITLE : { size: TITLE.size };
  return { zh: '作品名称', en: 'Title of work', lines: lines(paper, title, 'whole', style), notes: [], style };
}

function typeFact(paper: Paper, { workType, workTypeNote }: RegistrationContent['work']): Fact {
  const { zh, en } = wordsOf(WORK_TYPE_WORDS, workType);
  const text = zh + (workTypeNote ? `（${workTypeNote}）` : '');
  return { zh: '作品类别', en: 'Type of work', lines: lines(paper, paper.printable(text), 'whole'), notes: [en] };
}

function natureFact({ creationNature }: RegistrationContent['work']): Fact {
  const { zh, en } = wordsOf(CREATION_WORDS, creationNature);
  return { zh: '创作性质', en: 'Nature', lines: [zh], notes: [en] };
}

function completionFact({ completedOn }: RegistrationContent['work']): Fact {
  return { zh: '创作完成日期', en: 'Completed on', lines: [dayOf(completedOn)], notes: [] };
}

function publicationFact(paper: Paper, { publication }: RegistrationContent['work']): Fact {
  const words = { zh: '首次发表日期', en: 'First published' };
  if (publication.status === 'UNPUBLISHED') return { ...words, lines: ['未发表'], notes: ['Unpublished'] };
  const { firstPublishedOn, country, city } = publication;
  const text = [dayOf(firstPublishedOn), country, city].filter(Boolean).join('  ');
  return { ...words, lines: lines(paper, paper.printable(text), 'whole'), notes: [] };
}

function acquisitionFact(paper: Paper, { acquisition, acquisitionNote }: RegistrationContent['rights']): Fact {
  const { zh, en } = wordsOf(ACQUISITION_WORDS, acquisition);
  const notes = acquisitionNote ? noteLines(paper, acquisitionNote, 'half') : [];
  return { zh: '权利取得方式', en: 'Rights acquired by', lines: [zh], notes: [en, ...notes] };
}

function ownershipFact({ ownership, serviceKind }: RegistrationContent['rights']): Fact {
  const { zh, en } = wordsOf(OWNERSHIP_WORDS, ownership);
  const kind = serviceKind === undefined ? undefined : wordsOf(SERVICE_WORDS, serviceKind);
  return {
    zh: '权利归属方式',
    en: 'Ownership',
    lines: [kind ? `${zh}（${kind.zh}）` : zh],
    notes: [kind ? `${en}, ${kind.en}` : en],
  };
}

function rightsFact(paper: Paper, { scope, rights, rightsNote }: RegistrationContent['rights']): Fact {
  const words = rights.map((right) => wordsOf(RIGHT_WORDS, right));
  const text = scope === 'ALL' ? '全部' : `部分：${words.map(({ zh }) => zh).join('、')}`;
  const english = scope === 'ALL' ? 'All rights' : `In part: ${words.map(({ en }) => en).join(', ')}`;
  return {
    zh: '权利拥有状况',
    en: 'Rights held',
    lines: lines(paper, text, 'whole'),
    notes: [
      ...noteLines(paper, english, 'whole'),
      ...(rightsNote ? noteLines(paper, `说明：${rightsNote}`, 'whole') : []),
    ],
  };
}

function versionFact(
  paper: Paper,
  { version, kind, supersedes: { number, documentNumber } }: NonNullable<RegistrationContent['version']>,
): Fact {
  const [zh, en] = kind === 'REISSUE' ? ['补发', 'reissued'] : ['变更', 'amended'];
  const cited = `第 ${version} 版（${zh}），取代证书 ${number}（证单 ${documentNumber}）`;
  const english = `Version ${version}, ${en}; supersedes certificate ${number} (document ${documentNumber})`;
  return {
    zh: '证书版本',
    en: 'Version',
    lines: lines(paper, cited, 'whole'),
    notes: noteLines(paper, english, 'whole'),
  };
}

const wrapping = (paper: Paper, place: Place, style: TextStyle = VALUE) => ({
  width: (place === 'whole' ? SHEET.width : HALF - 12) - LABEL,
  widthOf: (sign: string) => paper.widthOf(sign, style),
});

const lines = (paper: Paper, text: string, place: Place, style?: TextStyle): string[] =>
  wrap(text, wrapping(paper, place, style));

const noteLines = (paper: Paper, text: string, place: Place): string[] =>
  lines(paper, paper.printable(text), place, NOTE);

const heightOf = (fact: Fact): number => fact.lines.length * LINE_HEIGHT + fact.notes.length * NOTE_HEIGHT + 13;

function drawFact(paper: Paper, fact: Fact, { x, y }: { x: number; y: number }): void {
  const top = y + 6.5;
  paper.text(fact.zh, x, top, { size: 9, colour: INK_3 });
  paper.text(fact.en, x, top + 11.2, { size: 5.8, colour: INK_3 });
  const { style = VALUE } = fact;
  for (const [index, line] of fact.lines.entries())
    paper.text(line, x + LABEL, top + index * LINE_HEIGHT - (fact.style ? 2 : 0.5), style);
  for (const [index, line] of fact.notes.entries())
    paper.text(line, x + LABEL, top + fact.lines.length * LINE_HEIGHT + index * NOTE_HEIGHT, NOTE);
}
