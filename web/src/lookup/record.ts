// SPDX-License-Identifier: Apache-2.0
// What the disclosed sections of a bundle say of the work and its people. Their content is the issuer's: anything that does
// not have the expected form is left out here, and stays in the proof.
import type { Bundle, JsonValue } from '@inkseal/verifier';
import { fill } from '../i18n/fill.ts';
import type { RecordLabel, RecordTexts } from './texts/record.zh.ts';

export interface RecordRow {
  readonly label: RecordLabel;
  readonly value: string;
}

type Fields = Record<string, JsonValue>;

/** The rows of 证书记载 that come from sections; none without sections. */
export function recordRows(bundle: Bundle | undefined, texts: RecordTexts): RecordRow[] {
  const sections = bundle?.sections ?? [];
  const fieldsOf = (name: string) => objectOr(sections.find((section) => section.name === name)?.content);
  const work = fieldsOf('work');
  const submission = fieldsOf('submission');
  const rows: [RecordLabel, string | undefined][] = [
    ['title', text(work.title)],
    ['workType', named(texts, 'workTypes', work.workType, work.workTypeNote)],
    ['creationNature', named(texts, 'creationNatures', work.creationNature, work.creationNote)],
    ...sections
      .filter(({ name }) => name.startsWith('party:'))
      .map(({ name, content }) => partyRow(objectOr(content), fieldsOf(name.replace('party:', 'person:')), texts)),
    ['completedOn', text(work.completedOn)],
    ['acquisition', named(texts, 'acquisitions', work.acquisition)],
    ['term', termOf(objectOr(work.term), texts)],
    ['orderNumber', text(work.orderNumber)],
    ['submission', text(submission.number)],
  ];
  return rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

/** Full names are disclosed by the holder's own proof; the look-up with a code discloses the masked form alone. */
export const showsFullNames = (bundle: Bundle): boolean =>
  bundle.sections?.some(({ name }) => name.startsWith('person:')) ?? false;

function partyRow(party: Fields, person: Fields, texts: RecordTexts): [RecordLabel, string | undefined] {
  const number = text(party.idNumber);
  const name = text(person.name) ?? text(party.name);
  return [
    party.role === 'depositor' ? 'depositor' : 'author',
    number && name ? fill(texts.detailed, { name, detail: number }) : name,
  ];
}

function named(
  texts: RecordTexts,
  kind: 'workTypes' | 'creationNatures' | 'acquisitions',
  code: JsonValue | undefined,
  note?: JsonValue,
): string | undefined {
  const names: Record<string, string> = texts[kind];
  const name = names[text(code) ?? ''] ?? text(code);
  const detail = text(note);
  return name && detail ? fill(texts.detailed, { name, detail }) : name;
}

function termOf({ kind, from, to }: Fields, texts: RecordTexts): string | undefined {
  if (kind === 'PERMANENT') return texts.permanent;
  return kind === 'FIXED' ? `${text(from) ?? ''} – ${text(to) ?? ''}` : undefined;
}

const text = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function objectOr(value: JsonValue | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
