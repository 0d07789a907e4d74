// SPDX-License-Identifier: Apache-2.0
// Where a member who registers as themself belongs: asked as of right holders in 人员档案. People from other provinces add their
// residence permit to the documents; organisations from there only apply together with somebody of this province.
import type { FieldError } from '../errors.ts';
import { type DocumentType, isCounty, isOrganisationDocument } from '../right-holders/index.ts';
import type { RegistrationForm } from './registrations.schema.ts';

export interface Residence {
  /** Of the member, or of the organisation that they act for. */
  isOrganisation: boolean;
  /** Of the site, two digits of GB/T 2260. */
  homeProvince: string;
}

type Form = Pick<RegistrationForm, 'owners' | 'documents' | 'selfRegion'>;

export function residenceFaults(
  form: Form,
  { documentType = 'RESIDENT_ID', homeProvince }: { documentType?: DocumentType | undefined; homeProvince: string },
): FieldError[] {
  const isOrganisation = isOrganisationDocument(documentType);
  // A passport has no address; a card of Hong Kong, Macao or Taiwan, and one for foreigners, is itself a permit of residence.
  if (!namesSelf(form) || (documentType !== 'RESIDENT_ID' && !isOrganisation)) return [];
  if (form.selfRegion === null) return [{ field: 'selfRegion', code: 'missing' }];
  if (!isCounty(form.selfRegion)) return [{ field: 'selfRegion', code: 'not-an-option' }];
  const isMissing = needsPermit(form, { isOrganisation, homeProvince }) && !hasPermit(form);
  return isMissing ? [{ field: 'documents.RESIDENCE_PERMIT', code: 'missing' }] : [];
}

export function needsPermit(form: Form, { isOrganisation, homeProvince }: Residence): boolean {
  const { selfRegion } = form;
  return namesSelf(form) && !isOrganisation && selfRegion !== null && !selfRegion.startsWith(homeProvince);
}

/** It may be added where none is demanded, as in 人员档案. */
export const mayHavePermit = (form: Form): boolean => namesSelf(form) && hasPermit(form);

const namesSelf = ({ owners }: Form): boolean => owners.some(({ source }) => source === 'self');
const hasPermit = ({ documents }: Form): boolean => documents.some(({ kind }) => kind === 'RESIDENCE_PERMIT');
