// SPDX-License-Identifier: Apache-2.0
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Objection = Schemas['Objection'];
export type ObjectionForm = Schemas['ObjectionForm'];
export type StaffObjection = Schemas['StaffObjection'];

export const OBJECTION_REASONS = [
  'OWNERSHIP',
  'ORIGINALITY',
  'LICENCE',
  'FACTS',
  'OTHER',
] as const satisfies readonly ObjectionForm['reason'][];
