// SPDX-License-Identifier: Apache-2.0

export { lockWorkFiles, type WorkUpload } from './chosen-files.sql.ts';
export { chosenFileFaults, type FrozenFile, frozenFile, frozenFileSchema } from './chosen-files.ts';
export { documentFault } from './document-fault.ts';
export { type FileGuard, fileEndpoints, type Originals, sendThumbnail } from './file-endpoints.ts';
export { fileProblems } from './file-problems.ts';
export { MAX_DISPLAY, MAX_FILES, type UploadFacts } from './file-rules.ts';
export { openWorks } from './open-works.ts';
export { isOwnRecord, ownOrganisations } from './own-records.ts';
export { frozenUploads, STORED_FILE, storedFile } from './stored-file.ts';
export { canHaveThumbnail, makeThumbnail } from './thumbnail.ts';
export { CREATION_NATURES, PUBLISH_CATEGORIES, WORK_TYPES, type WorkType } from './work-kinds.ts';
export { workApi } from './works.api.ts';
export {
  anyDaySchema,
  daySchema,
  fileSchema,
  line,
  paragraphs,
  tagsSchema,
  type Work,
  type WorkFile,
  workCreationSchema,
} from './works.schema.ts';
export type { WorkStore } from './works.store.ts';
