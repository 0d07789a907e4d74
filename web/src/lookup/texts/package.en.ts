// SPDX-License-Identifier: Apache-2.0
// The words of the section on what else a package holds.
import type { PackageTexts } from './package.zh.ts';

export const packageEn: PackageTexts = {
  title: 'In the package',
  note: 'How each entry beside the proof stands to it',
  original: 'On record',
  document: 'Document on record',
  process: 'On record up to the approval',
  'time-stamp': 'A time stamp of this proof',
  other: 'Does not belong to this proof',
  certificate: 'Carries this proof',
  listed: 'As the package lists it',
  altered: 'Differs from the package’s list',
  sums: 'The package’s own list',
  known: 'Part of older packages, not compared',
  unaccounted: 'Not covered by the proof',
};
