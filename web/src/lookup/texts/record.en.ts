// SPDX-License-Identifier: Apache-2.0
// Names and values of what a certificate records.
import { namesEn } from '../../i18n/names.en.ts';
import type { RecordTexts } from './record.zh.ts';

export const recordEn: RecordTexts = {
  labels: {
    title: 'Title',
    workType: 'Type of work',
    creationNature: 'Nature of creation',
    acquisition: 'Rights acquired',
    term: 'Term',
    depositor: 'Depositor',
    author: 'Author',
    completedOn: 'Completed',
    tags: 'Tags',
    orderNumber: 'Order number',
    submission: 'Submission',
  },
  ...namesEn,
  permanent: 'Permanent',
  detailed: '{name} ({detail})',
};
