// SPDX-License-Identifier: Apache-2.0
// What the disclosed sections of a bundle say of the work and its people. Their content is the issuer's: anything that does
// not have the expected form is left out here, and stays in the proof.
import { type Bundle, type JsonValue, percentOf, shareIn } from '@inkseal/verifier';
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
  const rights = fieldsOf('rights');
  const registration = fieldsOf('registration');
  const submission = fieldsOf('submission');
  const rows: [RecordLabel | undefined, string | undefined][] = [
    ['registrationNumber', text(registration.registrationNumber)],
    ['registeredOn', text(registration.registeredOn)],
    ['title', text(work.title)],
    ['workType', named(texts, 'workTypes', work.workType, work.workTypeNote)],
    ['creationNature', named(texts, 'creationNatures', work.creationNature, work.creationNote)],
    ...sections
      .filter(({ name }) => name.startsWith('party:'))
      .map(({ name, content }) => partyRow(objectOr(content), fieldsOf(name.replace('party:', 'person:')), texts)),
    ['completedOn', text(work.completedOn)],
    ['publication', publicationOf(objectOr(work.publication), texts)],
    ['acquisitionMode', named(texts, 'acquisitionModes', rights.acquisition, rights.acquisitionNote)],
    ['ownership', named(texts, 'ownerships', rights.ownership, nameOf(texts, 'serviceKinds', rights.serviceKind))],
    ['rights', rightsOf(rights, texts)],
    ['acquisition', named(texts, 'acquisitions', work.acquisition)],
    ['term', termOf(objectOr(work.term), texts)],
    ['orderNumber', text(work.orderNumber)],
    ['recordNumber', text(work.recordNumber)],
    ['submission', text(submission.number)],
  ];
  return rows.flatMap(([label, value]) => (label && value ? [{ label, value }] : []));
}

/** 登记号, where the content is disclosed: on record, and not merely stated. */
export function registrationNumberIn(bundle: Bundle | undefined): string | undefined {
  const section = bundle?.sections?.find(({ name }) => name === 'registration');
  return text(objectOr(section?.content).registrationNumber);
}

/** Full names are disclosed by the holder's own proof; the look-up with a code discloses the masked form alone. */
export const showsFullNames = (bundle: Bundle): boolean =>
  bundle.sections?.some(({ name }) => name.startsWith('person:')) ?? false;

const ROLES: readonly RecordLabel[] = ['depositor', 'author', 'owner', 'applicant', 'agent'];

function partyRow(party: Fields, person: Fields, texts: RecordTexts): [RecordLabel | undefined, string | undefined] {
  const number = text(party.idNumber);
  const name = text(person.name) ?? text(party.name);
  const share = shareIn(person.shareBasisPoints);
  const details = [number, share && fill(texts.share, { percent: percentOf(share) })].filter(Boolean);
  return [
    ROLES.find((role) => role === party.role),
    name && details.length > 0 ? fill(texts.detailed, { name, detail: details.join(texts.comma) }) : name,
  ];
}

type Names =
  | 'workTypes'
  | 'creationNatures'
  | 'acquisitions'
  | 'acquisitionModes'
  | 'ownerships'
  | 'serviceKinds'
  | 'rights';

function nameOf(texts: RecordTexts, kind: Names, code: JsonValue | undefined): string | undefined {
  const names: Record<string, string> = texts[kind];
  return names[text(code) ?? ''] ?? text(code);
}

function named(texts: RecordTexts, kind: Names, code: JsonValue | undefined, note?: JsonValue): string | undefined {
  const name = nameOf(texts, kind, code);
  const detail = text(note);
  return name && detail ? fill(texts.detailed, { name, detail }) : name;
}

function publicationOf({ status, firstPublishedOn, country, city }: Fields, texts: RecordTexts): string | undefined {
  if (status === 'UNPUBLISHED') return texts.unpublished;
  const place = [text(country), text(city)].filter(Boolean).join(' ');
  const day = text(firstPublishedOn);
  return day && place ? fill(texts.detailed, { name: day, detail: place }) : day;
}

function rightsOf({ scope, rights, rightsNote }: Fields, texts: RecordTexts): string | undefined {
  const codes = Array.isArray(rights) ? rights : [];
  const names = codes.flatMap((right) => nameOf(texts, 'rights', right) ?? []);
  const held = scope === 'ALL' ? texts.allRights : names.join(texts.comma);
  const detail = text(rightsNote);
  return held && detail ? fill(texts.detailed, { name: held, detail }) : held;
}

function termOf({ kind, from, to }: Fields, texts: RecordTexts): string | undefined {
  if (kind === 'PERMANENT') return texts.permanent;
  return kind === 'FIXED' ? `${text(from) ?? ''} – ${text(to) ?? ''}` : undefined;
}

const text = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function objectOr(value: JsonValue | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
