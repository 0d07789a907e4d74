// SPDX-License-Identifier: Apache-2.0
export { type CompletedBundle, completedBundle, numberOfEntry } from './complete-bundle.ts';
export type { Purpose, Purposes } from './entries.ts';
export {
  eraseSections,
  findManifest,
  type ManifestKey,
  type ManifestPurpose,
  type StoredManifest,
  sectionsOfManifest,
} from './manifests.store.ts';
export { openManifests } from './open-manifests.ts';
export { receiptApis } from './receipts.api.ts';
export { countUnkeptReceipts, receiptViewSchema, viewReceipt } from './receipts.store.ts';
export { filesSection, type ListedFile, processSection, salted, submissionSection } from './sections.ts';
export { storedManifests } from './stored-manifests.ts';
