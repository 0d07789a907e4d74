// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { identityEndpoints } from './identity.routes.ts';
import { createIdentityStore, type IdentityStore } from './identity.store.ts';
import { createIdentityFormStore } from './identity-form.store.ts';
import { storedIdentities, storedIdentityDrafts, storedIdentityImages } from './stored-identities.ts';

export interface Identity extends Domain, Pick<IdentityStore, 'verifiedPerson' | 'fullName' | 'emailOf'> {
  stored: StoredKind[];
}

export function openIdentity({ db, vault, fonts }: Pick<Platform, 'db' | 'vault' | 'fonts'>): Identity {
  const store = createIdentityStore(db, vault);
  const forms = createIdentityFormStore(db, vault);
  return {
    verifiedPerson: store.verifiedPerson,
    fullName: store.fullName,
    emailOf: store.emailOf,
    endpoints: identityEndpoints({ db, store, forms, fonts }),
    stored: [storedIdentities, storedIdentityDrafts, storedIdentityImages].map((open) => open(db, vault)),
  };
}
