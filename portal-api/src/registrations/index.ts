// SPDX-License-Identifier: Apache-2.0
export { askRevocation } from './ask-revocation.ts';
export { certifiedRegistrations } from './certified-registrations.ts';
export { completenessFaults } from './completeness.ts';
export { type Content, choicesOf, type Frozen, frozenSchema } from './content.ts';
export { eraseRegistrationContent } from './erase-content.ts';
export { openRegistrations } from './open-registrations.ts';
export { paidRegistrations } from './paid-registrations.ts';
export { refundableRegistrations } from './refundable-registrations.ts';
export {
  REGISTRATION_ENTRY_TOPIC,
  REGISTRATION_LIMITS,
  REGISTRATION_REVOCATION_TOPIC,
  REVIEWABLE,
  registrationMachine,
} from './registration.ts';
export { numberedFacts, registrationFacts } from './registration-facts.ts';
export { nextRegistrationNumber } from './registration-number.ts';
export { registrationApi } from './registrations.api.ts';
export { type ListedRegistration, listRegistrations } from './registrations.list.ts';
export {
  type Level,
  registrationFields,
  staffListQuerySchema,
  summaryFields,
} from './registrations.schema.ts';
export {
  hasOpenRegistrations,
  lockRegistration,
  type RegistrationRecord,
  requireOwnRegistration,
  waitingForReview,
} from './registrations.store.ts';
export {
  hasDocument,
  partiesOf,
  type ViewParts,
  viewRegistration,
} from './registrations.view.ts';
export { ECONOMIC_RIGHTS, OTHER_RIGHT } from './rights.ts';
