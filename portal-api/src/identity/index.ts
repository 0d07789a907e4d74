// SPDX-License-Identifier: Apache-2.0
export { creditCodeFault } from './credit-code.ts';
export { ID_IMAGE_TYPES, MAX_ID_IMAGE_BYTES, reencodeIdImage } from './id-image.ts';
export { identityApi } from './identity.api.ts';
export {
  addressSchema,
  emailSchema,
  IDENTITY_DOCUMENTS,
  type IdentityReason,
  identityFormSchema,
  identityReasonSchema,
  nameSchema,
  residentIdSchema,
} from './identity.schema.ts';
export {
  contextOf,
  detailsOf,
  findVerified,
  hasImages,
  NUMBER_KEY,
  possibleNumbers,
  storedReasons,
  type VerifiedPerson,
} from './identity.store.ts';
export { CHECK_OUTCOMES } from './identity-check.ts';
export { keepForm } from './identity-form.store.ts';
export { createIdentityViews, type IdentityViews } from './identity-views.ts';
export { createIdentityLook, type IdentityLook } from './look.ts';
export { NATIONALITIES } from './nationalities.ts';
export { type Identity, openIdentity } from './open-identity.ts';
export { insertImage, missingImages } from './private-images.ts';
export { PROVINCE_CODES } from './regions.ts';
export { documentOf, residentIdCheck, residentIdFault } from './resident-id.ts';
export { isOldForeignCard, isPassportNumber } from './travel-document.ts';
