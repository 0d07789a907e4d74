// SPDX-License-Identifier: Apache-2.0
// What becomes of a row that its file speaks well of, and the column to look at where it was left out.
import type { PdfFault } from './read-pdf.ts';

export type Outcome =
  | 'imported'
  | 'unchanged'
  | 'row-changed'
  | 'phone-taken'
  | 'member-unknown'
  | 'account-unknown'
  | 'account-differs'
  | PdfFault;

export const COLUMN_OF: Readonly<Record<Exclude<Outcome, 'imported' | 'unchanged'>, string>> = {
  'row-changed': '',
  'phone-taken': 'phone',
  'member-unknown': 'member',
  'account-unknown': 'phone',
  'account-differs': 'phone',
  'pdf-missing': 'pdf',
  'pdf-outside': 'pdf',
  'pdf-too-large': 'pdf',
  'not-a-pdf': 'pdf',
};
