// SPDX-License-Identifier: Apache-2.0
export { ADMIN_ROLES, type AdminRole, aboutAdmin, createAdmin } from './create-admin.ts';
export { identityViewApi } from './identity-views.api.ts';
export { openStaff } from './open-staff.ts';
export { secondStepApi } from './second-step.api.ts';
export { staffApi } from './staff.api.ts';
export { staffAccountApi } from './staff-accounts.api.ts';
