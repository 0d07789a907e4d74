// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { finalTopics, pullFinals } from '../ledger/pull-finals.ts';
import type { Platform } from '../platform.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import type { Originals, WorkStore } from '../works/index.ts';
import { type ApplicantSources, applicantsOf } from './applicants.ts';
import { ATTESTATION_LIMITS } from './attestation.ts';
import { attestationEndpoints } from './attestations.routes.ts';
import { type AttestationParts, createAttestations } from './attestations.ts';
import type { FindCertificate } from './attestations.view.ts';
import { catchUp } from './catch-up.ts';
import { applyFinal, entryTopics } from './entries.ts';
import { remindOwners } from './remind.ts';
import { storedManifests } from './stored-manifests.ts';
import { sweepOrders } from './sweep.ts';

const PULL_EVERY_MS = 1_000;

export interface AttestationNeeds extends ApplicantSources {
  works: WorkStore;
  originals: Originals;
  rightHolders: ChosenHolders;
  priceFen: AttestationParts['priceFen'];
  certificateOf: FindCertificate;
}

type AttestationPlatform = Pick<Platform, 'db' | 'vault' | 'fonts' | 'ledger' | 'crash' | 'onItemFailure'>;

export function openAttestations(platform: AttestationPlatform, needs: AttestationNeeds): Domain {
  const { db, vault, fonts, ledger, crash, onItemFailure } = platform;
  const finals = { db, ledger, onFinal: applyFinal, onItemFailure };
  const { works, originals, rightHolders, priceFen, certificateOf } = needs;
  const { person, fullNameOf } = applicantsOf(needs);
  const attestations = createAttestations({ db, works, fonts, person, rightHolders, priceFen });
  return {
    endpoints: attestationEndpoints({ db, attestations, originals, certificateOf, rightHolders }),
    topics: {
      ...entryTopics({ db, vault, ledger, fullNameOf, onEntered: (purpose) => crash(`${purpose}-entry`) }),
      ...finalTopics(finals),
    },
    sweeps: {
      'sweep-orders': (now) => sweepOrders({ db, limits: ATTESTATION_LIMITS, onItemFailure }, now),
      'remind-owners': (now) => remindOwners({ db, limits: ATTESTATION_LIMITS, onItemFailure }, now),
      'catch-up': (now) => catchUp(finals, now),
    },
    stored: [storedManifests(db, vault)],
    schedules: {
      'pull-finals': { everyMs: PULL_EVERY_MS, work: () => pullFinals(finals) },
    },
  };
}
