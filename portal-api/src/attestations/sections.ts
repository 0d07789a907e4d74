// SPDX-License-Identifier: Apache-2.0
// What goes on record of an order's content.
import type { JsonValue, Section } from '@inkseal/verifier';
import { filesSection, salted } from '../manifests/index.ts';
import { type FullNameOf, partySections } from '../parties/index.ts';
import type { Content } from './content.ts';

/** `files`, `work`, `party:1` …, `person:1` … */
export async function sectionsOf(orderNumber: string, content: Content, fullNameOf: FullNameOf): Promise<Section[]> {
  const parties = [
    ...content.depositors.map((party) => ({ role: 'depositor', party })),
    ...content.authors.map((party) => ({ role: 'author', party })),
  ];
  return [
    filesSection(content.files),
    salted('work', workContent(orderNumber, content)),
    ...(await partySections(parties, fullNameOf)),
  ];
}

function workContent(orderNumber: string, { form, workSerial, display }: Content): JsonValue {
  const { title, intro, creationNature, creationNote, workType, workTypeNote, tags, acquisition, term, completedOn } =
    form;
  return {
    orderNumber,
    workSerial: String(workSerial),
    title,
    intro,
    creationNature,
    ...(creationNote === '' ? {} : { creationNote }),
    workType,
    ...(workTypeNote === '' ? {} : { workTypeNote }),
    tags,
    acquisition,
    term,
    completedOn,
    display: display.map(({ sha256 }) => sha256),
  };
}
