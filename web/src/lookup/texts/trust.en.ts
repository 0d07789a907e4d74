// SPDX-License-Identifier: Apache-2.0
import type { TrustTexts } from './trust.zh.ts';

export const trustEn: TrustTexts = {
  add: 'Add another',
  remove: 'Remove',
  worst: 'each was used by itself, and the worst result counts',
  differ: 'the trust files differ',
  agree: 'the trust files agree in all that decides',
  nothing: 'says nothing',
  unreadable: 'one of the trust files cannot be read, so they were not compared',
};
