// SPDX-License-Identifier: Apache-2.0
// The public face of revocations.
export { type RevocationRecord, type RevocationRequest, requestRevocation } from './request-revocation.ts';
export {
  confirmRevocations,
  finishRevocations,
  type Resting,
  sendRevocations,
  signRevocations,
} from './revoke-numbers.ts';
