// SPDX-License-Identifier: Apache-2.0
// What the staff console has beside the reviews of each domain.
import type { Domain, StaffQueue } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { secondStepEndpoints } from './second-step.routes.ts';
import { createSecondStep } from './second-step.ts';
import { staffEndpoints } from './staff.routes.ts';
import { staffAccountEndpoints } from './staff-accounts.routes.ts';
import { createStaffAccountStore } from './staff-accounts.store.ts';

type StaffPlatform = Pick<Platform, 'config' | 'db' | 'vault'>;

export function openStaff({ config, db, vault }: StaffPlatform, { queues }: { queues: readonly StaffQueue[] }): Domain {
  const store = createStaffAccountStore(db, vault);
  return {
    endpoints: [
      ...staffEndpoints({ queues }),
      ...secondStepEndpoints(createSecondStep(db, vault)),
      ...staffAccountEndpoints({ db, vault, store, ...config.staff }),
    ],
  };
}
