// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { type CheckParts, IDENTITY_CHECK_TOPIC, identityCheckTopic } from './check-identity.ts';
import { identityEndpoints } from './identity.routes.ts';
import { createIdentityStore, type IdentityStore } from './identity.store.ts';
import { createSignedCheck } from './identity-check.ts';
import { createIdentityFormStore } from './identity-form.store.ts';
import { storedIdentities, storedIdentityDrafts, storedIdentityImages } from './stored-identities.ts';

export interface Identity extends Domain, Pick<IdentityStore, 'verifiedPerson' | 'fullName' | 'emailOf'> {
  stored: StoredKind[];
}

export function openIdentity(
  { config, db, vault, fonts }: Pick<Platform, 'config' | 'db' | 'vault' | 'fonts'>,
  { phoneOf }: Pick<CheckParts, 'phoneOf'>,
): Identity {
  const store = createIdentityStore(db, vault);
  const forms = createIdentityFormStore(db, vault);
  const service = config.identityCheck && createSignedCheck(config.identityCheck);
  return {
    verifiedPerson: store.verifiedPerson,
    fullName: store.fullName,
    emailOf: store.emailOf,
    endpoints: identityEndpoints({ db, store, forms, fonts, isChecked: service !== undefined }),
    ...(service && { topics: { [IDENTITY_CHECK_TOPIC]: identityCheckTopic({ db, vault, service, phoneOf }) } }),
    stored: [storedIdentities, storedIdentityDrafts, storedIdentityImages].map((open) => open(db, vault)),
  };
}
