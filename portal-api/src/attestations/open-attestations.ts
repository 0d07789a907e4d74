// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Purposes } from '../manifests/index.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import type { Originals, WorkStore } from '../works/index.ts';
import { ATTESTATION_LIMITS } from './attestation.ts';
import { attestationEndpoints, type PreviewPdf } from './attestations.routes.ts';
import { type AttestationParts, type Attestations, createAttestations } from './attestations.ts';
import type { FindCertificate } from './attestations.view.ts';
import { attestationPurposes } from './entries.ts';
import { contentToCome, sectionsToCome } from './preview.ts';
import { remindOwners } from './remind.ts';
import { sweepOrders } from './sweep.ts';

export interface AttestationNeeds extends ApplicantSources {
  works: WorkStore;
  originals: Originals;
  rightHolders: ChosenHolders;
  quotes: AttestationParts['quotes'];
  certificateOf: FindCertificate;
  previewPdf: PreviewPdf;
}

export interface AttestationDomain extends Domain {
  /** For staff at the counter too. */
  submit: Attestations['submit'];
  file: Attestations['file'];
  purposes: Pick<Purposes, 'submission' | 'attestation'>;
}

type AttestationPlatform = Pick<Platform, 'db' | 'vault' | 'fonts' | 'onItemFailure'>;

export function openAttestations(platform: AttestationPlatform, needs: AttestationNeeds): AttestationDomain {
  const { db, vault, fonts, onItemFailure } = platform;
  const { works, originals, rightHolders, quotes, certificateOf, previewPdf } = needs;
  const { person, fullNameOf } = applicantsOf(needs);
  const attestations = createAttestations({ db, works, fonts, person, rightHolders, quotes });
  const toCome = { db, fonts, rightHolders, person, fullNameOf };
  return {
    endpoints: attestationEndpoints({
      db,
      attestations,
      originals,
      certificateOf,
      rightHolders,
      previewPdf,
      requireComplete: (owner, id) => contentToCome(toCome, owner, id),
      sectionsToCome: (owner, id) => sectionsToCome(toCome, owner, id),
    }),
    sweeps: {
      'sweep-orders': (now) => sweepOrders({ db, limits: ATTESTATION_LIMITS, onItemFailure }, now),
      'remind-owners': (now) => remindOwners({ db, limits: ATTESTATION_LIMITS, onItemFailure }, now),
    },
    submit: attestations.submit,
    file: attestations.file,
    purposes: attestationPurposes({ db, vault, fullNameOf }),
  };
}
