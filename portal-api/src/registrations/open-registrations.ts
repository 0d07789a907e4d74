// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Owner } from '../http/members.ts';
import type { Purpose } from '../manifests/index.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import { createTemplateMaker } from '../registration-documents/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import type { Originals, WorkStore } from '../works/index.ts';
import { registrationPurpose, type VersionOf } from './entries.ts';
import { REGISTRATION_LIMITS } from './registration.ts';
import { registrationEndpoints } from './registrations.routes.ts';
import { createRegistrations, type Fee, feeOf, type RegistrationParts, type Registrations } from './registrations.ts';
import type { ViewParts } from './registrations.view.ts';
import { remindApplicants, sweepRegistrations } from './sweep.ts';
import { fillTemplate } from './templates.ts';

export interface RegistrationNeeds extends ApplicantSources {
  works: WorkStore;
  originals: Originals;
  rightHolders: ChosenHolders;
  quotes: RegistrationParts['quotes'];
  certificateOf: ViewParts['certificateOf'];
  siteName(): Promise<string>;
  versionOf: VersionOf;
}

export interface RegistrationDomain extends Domain {
  /** For staff at the counter too. */
  submit: Registrations['submit'];
  /** What a draft costs its owner now. */
  feeOf(draft: { owner: Owner; workId: string }): Promise<Fee>;
  purpose: Purpose;
}

type RegistrationPlatform = Pick<Platform, 'config' | 'db' | 'fonts' | 'onItemFailure' | 'logger'>;

export function openRegistrations(platform: RegistrationPlatform, needs: RegistrationNeeds): RegistrationDomain {
  const { config, db, fonts, onItemFailure, logger } = platform;
  const { homeProvince } = config;
  const { works, originals, rightHolders, quotes, certificateOf, siteName, versionOf } = needs;
  const { person, fullNameOf } = applicantsOf(needs);
  const registrations = createRegistrations({ db, works, fonts, person, rightHolders, quotes, homeProvince });
  const onThreadLost = (err: Error) => logger.error({ err }, 'a thread that fills templates was lost');
  const { make: makeTemplate, close } = createTemplateMaker({ onThreadLost });
  const sweeping = { db, limits: REGISTRATION_LIMITS, onItemFailure };
  return {
    endpoints: registrationEndpoints({
      db,
      registrations,
      originals,
      certificateOf,
      rightHolders,
      quotes,
      homeProvince,
      fillTemplate: (owner, wanted) =>
        fillTemplate({ db, person, rightHolders, siteName, makeTemplate }, owner, wanted),
    }),
    sweeps: {
      'sweep-registrations': (now) => sweepRegistrations(sweeping, now),
      'remind-applicants': (now) => remindApplicants(sweeping, now),
    },
    close,
    submit: registrations.submit,
    feeOf: (draft) => feeOf(db.prisma, { quotes }, draft),
    purpose: registrationPurpose({ db, fullNameOf, versionOf }),
  };
}
