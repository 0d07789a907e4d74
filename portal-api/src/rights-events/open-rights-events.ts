// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Purpose } from '../manifests/index.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import type { WorkStore } from '../works/index.ts';
import { rightsEventPurpose } from './entries.ts';
import { rightsEventEndpoints } from './rights-events.routes.ts';

export interface RightsEventNeeds extends ApplicantSources {
  works: WorkStore;
}

export interface RightsEventDomain extends Domain {
  purpose: Purpose;
}

type RightsEventPlatform = Pick<Platform, 'db' | 'vault' | 'fonts' | 'ledger' | 'logger'>;

export function openRightsEvents(platform: RightsEventPlatform, needs: RightsEventNeeds): RightsEventDomain {
  const { db, vault, fonts, ledger, logger } = platform;
  const { person, fullNameOf } = applicantsOf(needs);
  return {
    endpoints: rightsEventEndpoints({ db, vault, fonts, ledger, logger, works: needs.works, person }),
    purpose: rightsEventPurpose({ db, fullNameOf }),
  };
}
