// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Identity } from '../identity/index.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { type ChosenHolders, createChosenHolders } from './chosen-holders.ts';
import type { Self } from './complete-holder.ts';
import { createHolderDrafts } from './holder-drafts.store.ts';
import { createHolderReader } from './list-holders.ts';
import type { Owner } from './owner.ts';
import { rightHolderEndpoints } from './right-holders.routes.ts';
import { createRightHolders } from './right-holders.ts';
import { storedRightHolderDrafts, storedRightHolders } from './stored-right-holders.ts';

export interface RightHolderDomain extends Domain {
  stored: StoredKind[];
  chosen: ChosenHolders;
}

type RightHolderPlatform = Pick<Platform, 'config' | 'db' | 'vault' | 'fonts'>;

export function openRightHolders(
  { config, db, vault, fonts }: RightHolderPlatform,
  identity: Pick<Identity, 'verifiedPerson'>,
): RightHolderDomain {
  const { homeProvince } = config;
  const reader = createHolderReader(db, vault);
  const drafts = createHolderDrafts(db, vault);
  const selfOf = (owner: Owner) => personOf(identity, owner);
  const holders = createRightHolders({ db, vault, fonts, drafts, homeProvince, selfOf });
  return {
    endpoints: rightHolderEndpoints({ holders, reader, homeProvince }),
    chosen: createChosenHolders(db, vault),
    stored: [storedRightHolders(db, vault), storedRightHolderDrafts(db, vault)],
  };
}

async function personOf({ verifiedPerson }: Pick<Identity, 'verifiedPerson'>, owner: Owner): Promise<Self | undefined> {
  // An organisation is not the person who types: it is entered by its own number.
  if (owner.organisationId !== null) return undefined;
  const person = await verifiedPerson(owner.accountId);
  if (!person) return undefined;
  const { identityId, name, idNumber } = person;
  return { nature: 'PERSONAL', identityId, documentType: 'RESIDENT_ID', name, documentNumber: idNumber };
}
