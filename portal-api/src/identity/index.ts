// SPDX-License-Identifier: Apache-2.0
export { identityEndpoints } from './identity.routes.ts';
export { createIdentityStore, type IdentityStore, type VerifiedPerson } from './identity.store.ts';
export { createIdentityFormStore, type IdentityFormStore } from './identity-form.store.ts';
export { storedIdentityImages } from './stored-images.ts';
