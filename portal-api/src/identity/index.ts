// SPDX-License-Identifier: Apache-2.0
export { creditCodeFault } from './credit-code.ts';
export { identityEndpoints } from './identity.routes.ts';
export { addressSchema, emailSchema, nameSchema } from './identity.schema.ts';
export { createIdentityStore, type IdentityStore, type VerifiedPerson } from './identity.store.ts';
export { PROVINCE_CODES } from './regions.ts';
export { normalizeResidentId, residentIdFault } from './resident-id.ts';
