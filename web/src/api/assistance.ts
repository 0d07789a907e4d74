// SPDX-License-Identifier: Apache-2.0
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type AssistanceForm = Schemas['AssistanceForm'];
export type AssistancePart = AssistanceForm['parts'][number];
export type AssistanceOrder = Schemas['AssistanceOrder'];
export type StaffAssistanceCase = Schemas['StaffAssistanceCase'];
export type StaffAssistanceSummary = Schemas['StaffAssistanceSummary'];
export type OwnDisclosure = Schemas['OwnDisclosure'];

export const ASSISTANCE_PARTS = [
  'NAMES',
  'CONTENTS',
  'ORIGINALS',
  'PACKAGE',
] as const satisfies readonly AssistancePart[];
