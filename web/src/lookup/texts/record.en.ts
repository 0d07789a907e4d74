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
    registrationNumber: 'Registration number',
    registeredOn: 'Registered on',
    owner: 'Copyright owner',
    applicant: 'Applicant',
    agent: 'Agent',
    publication: 'First published',
    acquisitionMode: 'Rights acquired by',
    ownership: 'Ownership',
    rights: 'Rights held',
    recordNumber: 'Application number',
    orderNumber: 'Order number',
    submission: 'Submission',
  },
  ...namesEn,
  serviceKinds: { GENERAL: 'owned by its author', SPECIAL: 'owned by the employer' },
  allRights: 'All',
  unpublished: 'Unpublished',
  comma: ', ',
  share: 'share {percent}%',
  permanent: 'Permanent',
  witnessed: 'Witnessed no later than',
  detailed: '{name} ({detail})',
};
