// SPDX-License-Identifier: Apache-2.0
// What the staff console has beside the reviews of each domain.
import type { Domain, StaffQueue } from '../domain.ts';
import { createIdentityLook, createIdentityViews } from '../identity/index.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { identityViewEndpoints } from './identity-views.routes.ts';
import { secondStepEndpoints } from './second-step.routes.ts';
import { createSecondStep } from './second-step.ts';
import { staffEndpoints } from './staff.routes.ts';
import { staffAccountEndpoints } from './staff-accounts.routes.ts';
import { createStaffAccountStore } from './staff-accounts.store.ts';
import { storedSecondSteps } from './stored-second-steps.ts';

type StaffPlatform = Pick<Platform, 'config' | 'db' | 'vault' | 'fonts'>;

export function openStaff({ config, db, vault, fonts }: StaffPlatform, { queues }: { queues: readonly StaffQueue[] }) {
  const store = createStaffAccountStore(db, vault);
  const [look, views] = [createIdentityLook(db, vault), createIdentityViews(vault)];
  return {
    stored: [storedSecondSteps(db, vault)],
    endpoints: [
      ...staffEndpoints({ queues }),
      ...secondStepEndpoints(createSecondStep(db, vault)),
      ...staffAccountEndpoints({ db, vault, store, ...config.staff }),
      ...identityViewEndpoints({ db, look, views, fontFile: fonts.files[0] ?? '' }),
    ],
  } satisfies Domain & { stored: StoredKind[] };
}
