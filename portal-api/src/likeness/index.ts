// SPDX-License-Identifier: Apache-2.0
export { picturesToHash } from './hash-pictures.ts';
export type { Likenesses, RecordedFile, RecordSource } from './likenesses.ts';
export { openLikeness } from './open-likeness.ts';
