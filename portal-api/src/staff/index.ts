// SPDX-License-Identifier: Apache-2.0
export { openStaff } from './open-staff.ts';
export { staffApi } from './staff.api.ts';
