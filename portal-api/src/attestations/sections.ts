// SPDX-License-Identifier: Apache-2.0
// The sections of a manifest: what goes on record of an order's content, each part salted so that it can be disclosed
// or erased alone.
import { randomBytes } from 'node:crypto';
import { FILES_SECTION, type JsonValue, type Section } from '@inkseal/verifier';
import type { Content, ContentFile, Party } from './content.ts';

const SALT_BYTES = 32;

/** Names the submission whose time an attestation stands on. */
export interface SubmissionEntry {
  number: string;
  sha256: string;
  receivedAt: string;
}

/** `files`, `work`, `party:1` …, each with a new salt. */
export function sectionsOf(orderNumber: string, content: Content): Section[] {
  const parties = [
    ...content.depositors.map((party) => partyContent('depositor', party)),
    ...content.authors.map((party) => partyContent('author', party)),
  ];
  return [
    salted(FILES_SECTION, content.files.map(listedFile)),
    salted('work', workContent(orderNumber, content)),
    ...parties.map((party, index) => salted(`party:${index + 1}`, party)),
  ];
}

export function submissionSection({ number, sha256, receivedAt }: SubmissionEntry): Section {
  return salted('submission', { number, sha256, receivedAt });
}

function salted(name: string, content: JsonValue): Section {
  return { name, salt: randomBytes(SALT_BYTES).toString('hex'), content };
}

function listedFile({ name, size, mediaType, sha256, sm3, uploadedAt }: ContentFile): JsonValue {
  return { name, size, mediaType: mediaType ?? 'application/octet-stream', sha256, sm3, uploadedAt };
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

function partyContent(role: 'depositor' | 'author', { name, idNumber }: Party): JsonValue {
  return { role, name, ...(idNumber === undefined ? {} : { idType: 'RESIDENT_ID', idNumber }) };
}
