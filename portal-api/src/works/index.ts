// SPDX-License-Identifier: Apache-2.0
export { canHaveThumbnail } from './thumbnail.ts';
export { createWorks } from './work.ts';
export type { WorkType } from './work-kinds.ts';
export { type Originals, workEndpoints } from './works.routes.ts';
export { createWorkStore, type WorkStore } from './works.store.ts';
