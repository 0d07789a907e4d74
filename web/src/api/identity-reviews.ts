// SPDX-License-Identifier: Apache-2.0
import type { components } from './schema.gen.ts';

export type StaffIdentity = components['schemas']['StaffIdentity'];
export type StaffIdentitySummary = components['schemas']['StaffIdentitySummary'];
export type StaffIdentityView = components['schemas']['StaffIdentityView'];
export type IdentityReason = components['schemas']['IdentityReason'];
