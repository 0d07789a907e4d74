// SPDX-License-Identifier: Apache-2.0
export {
  ATTESTATION_ENTRY_TOPIC,
  ATTESTATION_LIMITS,
  type AttestationState,
  attestationMachine,
  attestationStateSchema,
  REVIEWABLE,
} from './attestation.ts';
export { attestationApi } from './attestations.api.ts';
export {
  type AttestationForm,
  type AttestationView,
  attestationFields,
  attestationListQuerySchema,
  orderChoicesSchema,
  summaryFields,
} from './attestations.schema.ts';
export { hasOpenOrders, lockAttestation, waitingForReview, worksWithoutOrder } from './attestations.store.ts';
export type { OrderToFile } from './attestations.ts';
export {
  type FindCertificate,
  hasFile,
  type ListedOrder,
  listAttestations,
  type ViewParts,
  viewAttestation,
} from './attestations.view.ts';
export { certifiedOrders } from './certified-orders.ts';
export { type Content, frozenSchema } from './content.ts';
export { eraseContent } from './erase-content.ts';
export { openAttestations } from './open-attestations.ts';
export { orderFacts } from './order-facts.ts';
export { paidOrders } from './paid-orders.ts';
export { recordedFiles } from './recorded-files.ts';
export { refundableOrders } from './refundable-orders.ts';
