// SPDX-License-Identifier: Apache-2.0
// What the fields of registering and resetting share.
import type { FormFaults } from '../../kit/form.ts';

export const EMPTY = { phone: '', code: '', password: '', passwordRepeat: '', referrerPhone: '', consent: false };
export type PasswordValues = typeof EMPTY;
export type Purpose = 'REGISTER' | 'RESET_PASSWORD';

export interface FieldsProps {
  values: PasswordValues;
  change: (part: Partial<PasswordValues>) => void;
  faults: FormFaults;
}
