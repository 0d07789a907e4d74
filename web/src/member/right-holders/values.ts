// SPDX-License-Identifier: Apache-2.0
// The form of a right holder, and what each kind of document asks for.
import type { RightHolderForm } from '../../api/right-holders.ts';
import type { HolderText } from './i18n.ts';

export type HolderValues = RightHolderForm & { declaration: string };

export const PERSON_DOCUMENTS = ['RESIDENT_ID', 'HK_MO_TW_PERMIT', 'FOREIGN_PR', 'PASSPORT'] as const;
export const ORGANISATION_DOCUMENTS = ['BUSINESS_LICENCE', 'INSTITUTION_CERT', 'SOCIAL_ORG_CERT'] as const;

export const EMPTY_FORM: RightHolderForm = {
  isSelf: false,
  roles: [],
  nature: 'PERSONAL',
  documentType: 'RESIDENT_ID',
  name: '',
  documentNumber: '',
  contactPhone: '',
  documentAddress: '',
  region: '',
  validity: null,
  legalRepresentative: '',
  email: '',
  frontImageId: '',
  backImageId: '',
  licenceImageId: '',
  permitImageId: '',
  isCodeCompared: false,
};

/** The words of the guide for resident identity cards; others for other documents. */
export function labelsOf(text: HolderText, { nature, documentType }: Pick<HolderValues, 'nature' | 'documentType'>) {
  const isPerson = nature === 'PERSONAL';
  const isCard = documentType === 'RESIDENT_ID';
  const personAddress = isCard
    ? text.documentAddress
    : documentType === 'HK_MO_TW_PERMIT'
      ? text.permitAddress
      : text.contactAddress;
  return {
    ...text,
    name: isPerson ? text.name : text.organisationName,
    contactPhone: isPerson ? text.contactPhone : text.organisationPhone,
    documentNumber: isPerson ? (isCard ? text.documentNumber : text.otherNumber) : text.creditCode,
    documentAddress: isPerson ? personAddress : text.organisationAddress,
    images: isPerson
      ? isCard
        ? text.images
        : text.documentImages
      : documentType === 'BUSINESS_LICENCE'
        ? text.licence
        : text.licenceImage,
  };
}

/** A passport has no address in a county, and a foreigner's card none either. */
export const hasRegion = ({ documentType }: Pick<HolderValues, 'documentType'>): boolean =>
  documentType !== 'PASSPORT' && documentType !== 'FOREIGN_PR';

/** Whether the portal demands the residence permit: it decides, the form shows the asterisk. */
export const needsPermit = ({ nature, documentType, region }: HolderValues, homeProvince: string): boolean =>
  nature === 'PERSONAL' && documentType === 'RESIDENT_ID' && region !== '' && !region.startsWith(homeProvince);
