// SPDX-License-Identifier: Apache-2.0
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Publication = Schemas['Publication'];
export type StaffPublication = Schemas['StaffPublication'];
export type StaffPublicationSummary = Schemas['StaffPublicationSummary'];
export type ModerationDecision = Schemas['ModerationDecision']['decision'];
export type Ground = Publication['decisions'][number]['ground'] & string;
