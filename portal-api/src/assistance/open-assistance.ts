// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { DECIDERS } from './assistance.api.ts';
import { type AssistanceRouteParts, assistanceEndpoints } from './assistance.routes.ts';
import { waitingCases } from './assistance.view.ts';
import { tellDue } from './decide-case.ts';

export function openAssistance(
  { db, vault }: Pick<Platform, 'db' | 'vault'>,
  needs: Pick<AssistanceRouteParts, 'originals' | 'certificates'>,
): Domain {
  return {
    endpoints: assistanceEndpoints({ ...needs, db, vault }),
    sweeps: { 'tell-assistance': (now) => tellDue(db, now) },
    queues: [{ name: 'assistance-cases', roles: DECIDERS, look: () => waitingCases(db.prisma) }],
  };
}
