// SPDX-License-Identifier: Apache-2.0
export { identityEndpoints } from './identity.routes.ts';
export type { VerifiedPerson } from './identity.store.ts';
export { type Identity, openIdentity } from './open-identity.ts';
