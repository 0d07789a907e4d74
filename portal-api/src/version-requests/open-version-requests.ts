// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import type { Originals, WorkStore } from '../works/index.ts';
import { DECIDERS } from './version-requests.api.ts';
import { versionRequestEndpoints } from './version-requests.routes.ts';
import { createVersionRequests } from './version-requests.ts';
import { waitingRequests } from './version-requests.view.ts';

export interface VersionRequestNeeds extends ApplicantSources {
  works: WorkStore;
  originals: Originals;
  rightHolders: ChosenHolders;
}

export function openVersionRequests({ db, fonts }: Pick<Platform, 'db' | 'fonts'>, needs: VersionRequestNeeds): Domain {
  const { works, originals, rightHolders } = needs;
  const requests = createVersionRequests({ db, works, fonts, rightHolders, person: applicantsOf(needs).person });
  return {
    endpoints: versionRequestEndpoints({ db, requests, originals }),
    queues: [
      {
        name: 'version-requests',
        roles: [...DECIDERS.INITIAL, ...DECIDERS.FINAL],
        look: () => waitingRequests(db.prisma),
      },
    ],
  };
}
