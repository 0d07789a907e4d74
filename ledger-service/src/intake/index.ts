// SPDX-License-Identifier: Apache-2.0
// Intake's public face: accepting entries and reading them back.

export { unsequenced } from './entries.store.ts';
export type { EntryRecord, EntryState } from './entry.ts';
export { entryById, entryByNumber, listEntries } from './find-entries.ts';
export { submitEntries } from './submit-entries.ts';
