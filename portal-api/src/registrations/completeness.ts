// SPDX-License-Identifier: Apache-2.0
// What a submission demands and a draft may lack: every fault of every field at once.
import type { FieldCode, FieldError } from '../errors.ts';
import { type Choice, choiceFaults, shareFaults } from '../parties/index.ts';
import { type DocumentDemand, type DocumentKind, documentsFor } from '../registration-documents/index.ts';
import type { RegistrationForm } from './registrations.schema.ts';
import { mayHavePermit, needsPermit, type Residence } from './residence.ts';
import { OTHER_RIGHT } from './rights.ts';

/** A proof has at most 64 sections: two for each person, and seven others. */
const MAX_PEOPLE = 28;

export function completenessFaults(form: RegistrationForm): FieldError[] {
  return [
    ...workFaults(form),
    ...peopleFaults(form),
    ...rightsFaults(form),
    ...mediumFaults('electronic', form.electronic),
    ...mediumFaults('paper', form.paper),
    ...(form.aiUse === null ? [{ field: 'aiUse', code: 'missing' as const }] : []),
    ...(form.aiUse?.isUsed && form.aiUse.note === '' ? [{ field: 'aiUse.note', code: 'missing' as const }] : []),
    ...documentFaults(form),
  ];
}

/** The documents that the form as it is calls for; without `residence`, no permit is demanded. */
export function demandsOf(form: RegistrationForm, residence?: Residence): DocumentDemand[] {
  const { creationNature, acquisition, ownership, isEmployed, agent } = form;
  const isDemanded = residence !== undefined && needsPermit(form, residence);
  const permit = isDemanded ? 'demanded' : mayHavePermit(form) ? 'taken' : null;
  return documentsFor({ creationNature, acquisition, ownership, isEmployed, hasAgent: agent !== null, permit });
}

function collect(): { faults: FieldError[]; add(field: string, code: FieldCode, isWrong: boolean): void } {
  const faults: FieldError[] = [];
  return {
    faults,
    add(field, code, isWrong) {
      if (isWrong) faults.push({ field, code });
    },
  };
}

function workFaults(form: RegistrationForm): FieldError[] {
  const { faults, add } = collect();
  const isDerived = form.creationNature !== null && form.creationNature !== 'ORIGINAL';
  add('title', 'missing', form.title === '');
  add('intro', 'missing', form.intro === '');
  add('creationNature', 'missing', form.creationNature === null);
  add('creationNote', 'missing', isDerived && form.creationNote === '');
  add('workType', 'missing', form.workType === null);
  // Registered by another procedure, with the China Copyright Protection Centre: 作品自愿登记试行办法 (1994), article 15.
  add('workType', 'not-registrable', form.workType === 'SOFTWARE');
  add('workTypeNote', 'missing', form.workType === 'OTHER' && form.workTypeNote === '');
  add('tags', 'missing', form.tags.length === 0);
  add('completedOn', 'missing', form.completedOn === null);
  return [...faults, ...publicationFaults(form)];
}

function publicationFaults({ publication, completedOn }: RegistrationForm): FieldError[] {
  const { faults, add } = collect();
  add('publication', 'missing', publication === null);
  if (publication?.status !== 'PUBLISHED') return faults;
  const { firstPublishedOn, country, city } = publication;
  add('publication.firstPublishedOn', 'missing', firstPublishedOn === null);
  const isEarly = firstPublishedOn !== null && completedOn !== null && firstPublishedOn < completedOn;
  add('publication.firstPublishedOn', 'out-of-range', isEarly);
  add('publication.country', 'missing', country === '');
  add('publication.city', 'missing', city === '');
  return faults;
}

function peopleFaults({ owners, authors, applicants, agent, ownership }: RegistrationForm): FieldError[] {
  const { faults, add } = collect();
  add('owners', 'missing', owners.length === 0);
  add('owners', 'too-few', ownership === 'JOINT' && owners.length === 1);
  add('authors', 'missing', authors.length === 0);
  add('applicants', 'missing', applicants.length === 0);
  const people = owners.length + authors.length + applicants.length + (agent ? 1 : 0);
  add('authors', 'too-many', people > MAX_PEOPLE);
  add('agent.name', 'missing', agent?.source === 'named' && agent.name === '');
  applicants.forEach((applicant, index) => {
    add(`applicants.${index}`, 'mismatch', !owners.some((owner) => isSame(owner, applicant)));
  });
  return [
    ...faults,
    ...choiceFaults('owners', owners),
    ...shareFaults('owners', owners),
    ...choiceFaults('authors', authors),
    ...choiceFaults('applicants', applicants),
  ];
}

function isSame(one: Choice, other: Choice): boolean {
  if (one.source === 'holder' && other.source === 'holder') return one.rightHolderId === other.rightHolderId;
  return one.source === other.source;
}

function rightsFaults(form: RegistrationForm): FieldError[] {
  const { faults, add } = collect();
  add('acquisition', 'missing', form.acquisition === null);
  add('acquisitionNote', 'missing', form.acquisition === 'OTHER' && form.acquisitionNote === '');
  add('ownership', 'missing', form.ownership === null);
  add('serviceKind', 'missing', form.ownership === 'SERVICE' && form.serviceKind === null);
  add('isEmployed', 'missing', form.ownership === 'PERSONAL' && form.isEmployed === null);
  add('rights', 'missing', form.rights.length === 0);
  add('rightsNote', 'missing', form.rights.includes(OTHER_RIGHT) && form.rightsNote === '');
  return faults;
}

function mediumFaults(field: string, medium: { count: number | null } | null): FieldError[] {
  return medium && medium.count === null ? [{ field: `${field}.count`, code: 'missing' }] : [];
}

/** One of each kind that is demanded; none of a kind that the form does not call for. */
function documentFaults(form: RegistrationForm): FieldError[] {
  const demands = demandsOf(form);
  const isGiven = (kind: DocumentKind) => form.documents.some((document) => document.kind === kind);
  const missing = demands
    .filter(({ kind, isRequired }) => isRequired && !isGiven(kind))
    .map(({ kind }): FieldError => ({ field: `documents.${kind}`, code: 'missing' }));
  const needless = form.documents.flatMap(({ kind }, index): FieldError[] =>
    demands.some((demand) => demand.kind === kind) ? [] : [{ field: `documents.${index}`, code: 'not-an-option' }],
  );
  return [...missing, ...needless];
}
