// SPDX-License-Identifier: Apache-2.0
import type { RightHolder } from '../../api/right-holders.ts';
import type { FormFaults } from '../../kit/form.ts';
import type { HolderValues } from './values.ts';

/** What each part of the form works on. */
export interface PartProps {
  values: HolderValues;
  change: (part: Partial<HolderValues>) => void;
  faults: FormFaults;
  /** The entry that is edited. */
  holder: RightHolder | undefined;
}
