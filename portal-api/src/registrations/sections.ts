// SPDX-License-Identifier: Apache-2.0
// What goes on record of a registration's content.
import type { JsonValue, Section } from '@inkseal/verifier';
import { filesSection, salted } from '../manifests/index.ts';
import { type FullNameOf, partySections } from '../parties/index.ts';
import type { Content } from './content.ts';
import { scopeOf } from './rights.ts';

export interface Registered {
  /** 版权登记编号 of the lists. */
  orderNumber: string;
  /** 登记号. */
  registrationNumber: string;
  /** The day of the approval in Beijing, YYYY-MM-DD. */
  registeredOn: string;
}

/** `files`, `work`, `rights`, `sample`, `documents`, `registration`, `party:1` …, `person:1` … */
export async function sectionsOf(
  { orderNumber, registrationNumber, registeredOn }: Registered,
  content: Content,
  fullNameOf: FullNameOf,
): Promise<Section[]> {
  const parties = [
    ...content.owners.map((party) => ({ role: 'owner', party })),
    ...content.authors.map((party) => ({ role: 'author', party })),
    ...content.applicants.map((party) => ({ role: 'applicant', party })),
    ...(content.agent ? [{ role: 'agent', party: content.agent }] : []),
  ];
  const samples = content.documents.filter(({ kind }) => kind === 'SAMPLE').map(({ file }) => file);
  return [
    filesSection(samples),
    salted('work', workContent(orderNumber, content)),
    salted('rights', rightsContent(content)),
    salted('sample', sampleContent(content)),
    salted('documents', documentsContent(content)),
    salted('registration', { registrationNumber, registeredOn }),
    ...(await partySections(parties, fullNameOf)),
  ];
}

function workContent(recordNumber: string, { form, workSerial }: Content): JsonValue {
  const { title, intro, creationNature, creationNote, workType, workTypeNote, tags, completedOn, publication } = form;
  return {
    recordNumber,
    workSerial: String(workSerial),
    title,
    intro,
    creationNature,
    ...noted('creationNote', creationNote),
    workType,
    ...noted('workTypeNote', workTypeNote),
    tags,
    completedOn,
    publication,
  };
}

function rightsContent({ form }: Content): JsonValue {
  const { acquisition, acquisitionNote, ownership, serviceKind, rights, rightsNote } = form;
  return {
    acquisition,
    ...noted('acquisitionNote', acquisitionNote),
    ownership,
    ...(ownership === 'SERVICE' && serviceKind !== null && { serviceKind }),
    scope: scopeOf(rights),
    rights: rights.toSorted(),
    ...noted('rightsNote', rightsNote),
  };
}

function sampleContent({ form: { electronic, paper, aiUse } }: Content): JsonValue {
  const medium = (chosen: { kind: string; count: number | null; note: string } | null): JsonValue =>
    chosen && { kind: chosen.kind, count: String(chosen.count ?? 0), ...noted('note', chosen.note) };
  return {
    electronic: medium(electronic),
    paper: medium(paper),
    aiUse: aiUse && { isUsed: aiUse.isUsed, ...noted('note', aiUse.note) },
  };
}

function documentsContent({ documents }: Content): JsonValue {
  return documents.map(({ kind, file: { name, size, sha256 } }) => ({ kind, name, size, sha256 }));
}

const noted = (name: string, note: string): Record<string, string> => (note === '' ? {} : { [name]: note });
