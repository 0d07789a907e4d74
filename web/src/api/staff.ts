// SPDX-License-Identifier: Apache-2.0
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type StaffAttestation = Schemas['StaffAttestation'];
export type StaffSummary = Schemas['StaffAttestationSummary'];
export type ComparedFile = Schemas['ComparedFile'];
export type Change = Schemas['Change'];
export type Decision = Schemas['Decision']['decision'];
export type Reason = Schemas['Reason'];
export type KeptUpload = Schemas['KeptUpload'];
export type ParkedWork = Schemas['ParkedWork'];
export type Role = Schemas['Me']['roles'][number];
export type FoundAccount = Schemas['FoundAccount'];
export type StaffAccount = Schemas['StaffAccount'];
export type IdentityView = Schemas['IdentityView'];
export type AuditEntry = Schemas['AuditEntry'];
export type AuditHead = Schemas['AuditHead'];
export type StaffPublishedAudit = Schemas['StaffPublishedAudit'];
export type Waiting = Schemas['StaffQueue'];
export type StaffPage = Schemas['StaffPage'];
export type StaffSettings = Schemas['StaffSettings'];
export type StaffRegistration = Schemas['StaffRegistration'];
export type StaffRegistrationSummary = Schemas['StaffRegistrationSummary'];
