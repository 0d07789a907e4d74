// SPDX-License-Identifier: Apache-2.0
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type LegalHold = Schemas['LegalHold'];
export type LegalHoldForm = Schemas['LegalHoldForm'];
