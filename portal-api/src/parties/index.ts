// SPDX-License-Identifier: Apache-2.0
export { type ApplicantSources, type Applicants, applicantsOf } from './applicants.ts';
export { type IdentityRecord, identityRecordOf } from './identity-record.ts';
export {
  authorChoiceSchema,
  type Choice,
  choiceFaults,
  frozenParty,
  type Holders,
  holderFaults,
  holderIdsOf,
  knownChoiceSchema,
  nameOf,
  type Party,
  type Person,
  partySchema,
  regionOf,
  sharingChoiceSchema,
} from './party.ts';
export { type FullNameOf, PERSON_PREFIX, partySections, publicNameOf } from './party-sections.ts';
export { shareFaults, sharesText } from './shares.ts';
