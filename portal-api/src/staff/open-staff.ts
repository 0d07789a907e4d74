// SPDX-License-Identifier: Apache-2.0
// What the staff console has beside the reviews of each domain.
import type { Domain, StaffQueue } from '../domain.ts';
import { staffEndpoints } from './staff.routes.ts';

export function openStaff({ queues }: { queues: readonly StaffQueue[] }): Domain {
  return { endpoints: staffEndpoints({ queues }) };
}
