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

interface Parties {
  identity: Pick<Identity, 'verifiedPerson'>;
  organisations: { verified(organisationId: string): Promise<{ name: string; creditCode: string } | undefined> };
}

type RightHolderPlatform = Pick<Platform, 'config' | 'db' | 'vault' | 'fonts'>;

export function openRightHolders(
  { config, db, vault, fonts }: RightHolderPlatform,
  parties: Parties,
): RightHolderDomain {
  const { homeProvince } = config;
  const reader = createHolderReader(db, vault);
  const drafts = createHolderDrafts(db, vault);
  const selfOf = (owner: Owner) => verifiedParty(parties, owner);
  const holders = createRightHolders({ db, vault, fonts, drafts, homeProvince, selfOf });
  return {
    endpoints: rightHolderEndpoints({ holders, reader, homeProvince }),
    chosen: createChosenHolders(db, vault),
    stored: [storedRightHolders(db, vault), storedRightHolderDrafts(db, vault)],
  };
}

/** An organisation is entered by its own name and number, whoever types. */
async function verifiedParty({ identity, organisations }: Parties, owner: Owner): Promise<Self | undefined> {
  if (owner.organisationId !== null) {
    const found = await organisations.verified(owner.organisationId);
    if (!found) return undefined;
    const { name, creditCode: documentNumber } = found;
    return { nature: 'ORGANISATION', identityId: null, documentType: 'BUSINESS_LICENCE', name, documentNumber };
  }
  const person = await identity.verifiedPerson(owner.accountId);
  if (!person) return undefined;
  const { identityId, documentType, name, idNumber } = person;
  return { nature: 'PERSONAL', identityId, documentType, name, documentNumber: idNumber };
}
