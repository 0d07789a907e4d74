// SPDX-License-Identifier: Apache-2.0
// The parts that every template is made of, and the tables that several have.
import {
  acquisitionOf,
  BLANK,
  dayOf,
  documentOf,
  everybodyOnce,
  isOrganisation,
  isSamePerson,
  orBlank,
  ownershipOf,
  type TemplateFacts,
  type TemplatePerson,
  workTypeOf,
} from './template-facts.ts';

export interface TemplateText {
  /** Whom it is addressed to. */
  to?: string;
  opening: readonly string[];
  tables: readonly Grid[];
  /** Numbered 一、二、三. */
  clauses: readonly (string | Clause)[];
  closing: string;
  signers: readonly Signer[];
}

/** A table or a box to fill in belongs to it. */
interface Clause {
  text: string;
  grid: Grid;
}

export interface Grid {
  heading?: string;
  /** Percent of the page. */
  widths: readonly number[];
  rows: readonly (readonly Cell[])[];
  /** At least, in millimetres. */
  rowHeight: number;
}

export interface Cell {
  text: string;
  isLabel?: boolean;
  /** Says how to fill the cell in: small, at its bottom. */
  isNote?: boolean;
  /** Columns. */
  span?: number;
}

export interface Signer {
  role: string;
  person: TemplatePerson;
  /** How they sign, where their document does not say it. */
  how?: string;
}

export const SIGNED = '（签名）';
export const STAMPED = '（盖章、法定代表人或负责人签名）';

const FIELD_HEIGHT = 8;
const PERSON_HEIGHT = 12;
const PARTIES = '甲乙丙丁戊己庚辛壬癸';

export function workTable(facts: TemplateFacts): Grid {
  return {
    heading: '作品信息',
    widths: [18, 32, 18, 32],
    rowHeight: FIELD_HEIGHT,
    rows: [
      [label('作品名称'), { text: facts.title, span: 3 }],
      [label('作品类型'), { text: workTypeOf(facts) }, label('创作完成日期'), { text: dayOf(facts.completedOn) }],
      [
        label('首次发表日期'),
        { text: dayOf(facts.firstPublishedOn) },
        label('权利取得方式'),
        { text: acquisitionOf(facts) },
      ],
      [label('权利归属方式'), { text: ownershipOf(facts), span: 3 }],
    ],
  };
}

/** One of them a row. `labels` are set before the names, such as 甲方. */
export function peopleTable(heading: string, people: readonly TemplatePerson[], labels: readonly string[] = []): Grid {
  const rows = orBlank(people).map((person, index) =>
    personCells(person, labels[index] ? `${labels[index]}：${person.name}` : person.name),
  );
  return { heading, widths: [24, 29, 29, 18], rowHeight: PERSON_HEIGHT, rows: [PERSON_LABELS, ...rows] };
}

/** Each person once, with all of their roles. */
export function rolesTable(heading: string, roles: readonly (readonly [string, readonly TemplatePerson[]])[]): Grid {
  const named = roles.flatMap(([role, people]) => orBlank(people).map((person) => ({ role, person })));
  const rows = everybodyOnce(named.map(({ person }) => person)).map((person) => {
    const own = named.filter((each) => isSamePerson(each.person, person)).map(({ role }) => role);
    const name = person.share ? `${person.name}\n份额 ${person.share}%` : person.name;
    return [{ text: [...new Set(own)].join('、') }, ...personCells(person, name)];
  });
  const head = [label('身份'), ...PERSON_LABELS];
  return { heading, widths: [15, 19, 26, 22, 18], rowHeight: PERSON_HEIGHT, rows: [head, ...rows] };
}

const PERSON_LABELS = ['姓名或名称', '证件类型及号码', '联系地址', '联系电话'].map(label);

function personCells(person: TemplatePerson, name: string): Cell[] {
  return [name, documentOf(person), person.address ?? '', person.phone ?? ''].map((text) => ({ text }));
}

/** Fields that only the people who sign can know. */
export function fieldsToFill(heading: string, names: readonly string[]): Grid {
  return {
    heading,
    widths: [30, 70],
    rowHeight: FIELD_HEIGHT,
    rows: names.map((name) => [label(name), { text: '' }]),
  };
}

/** Room for some sentences; `height` in millimetres. */
export function boxToFill(height: number): Grid {
  return { widths: [100], rowHeight: height, rows: [[{ text: '' }]] };
}

export function label(text: string): Cell {
  return { text, isLabel: true };
}

/** 甲方, 乙方 and so on, one for each. */
export function partyLabels(people: readonly TemplatePerson[]): string[] {
  return people.map((_, index) => (PARTIES[index] ? `${PARTIES[index]}方` : `第${index + 1}方`));
}

export function signersOf(role: string, people: readonly TemplatePerson[]): Signer[] {
  return orBlank(people).map((person) => ({ role, person }));
}

export function signingOf({ person, how }: Signer): string {
  if (how) return how;
  const isOfOrganisation = isOrganisation(person);
  if (isOfOrganisation === null) return '（签名或者盖章）';
  return isOfOrganisation ? STAMPED : SIGNED;
}

export const COPIES = `本协议一式${BLANK}份，签署各方各执一份，其余用于办理作品登记，各份具有同等效力。本协议自签署各方签名或者盖章之日起生效。`;

export const DISPUTES =
  '因本协议发生的争议，由签署各方协商解决；协商不成的，任何一方可以向有管辖权的人民法院提起诉讼。';
