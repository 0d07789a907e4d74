// SPDX-License-Identifier: Apache-2.0
export { identityApi } from './identity.api.ts';
export type { VerifiedPerson } from './identity.store.ts';
export { type Identity, openIdentity } from './open-identity.ts';
