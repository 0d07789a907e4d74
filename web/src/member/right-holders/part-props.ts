// SPDX-License-Identifier: Apache-2.0
import type { RightHolder } from '../../api/right-holders.ts';
import type { FormFaults } from '../../kit/form.ts';
import type { Edit } from '../../kit/form-values.ts';
import type { PictureUploads } from '../../kit/submission.ts';
import type { HolderValues } from './values.ts';

/** What each part of the form works on. */
export interface PartProps {
  values: HolderValues;
  change: (edit: Edit<HolderValues>) => void;
  faults: FormFaults;
  pictures: PictureUploads;
  /** The entry that is edited. */
  holder: RightHolder | undefined;
}
