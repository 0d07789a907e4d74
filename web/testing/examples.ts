// SPDX-License-Identifier: Apache-2.0
// What the portal answers, complete: a test names only what it is about.
import type { Attestation } from '../src/api/attestations.ts';
import type { StaffAttestation, StaffSummary } from '../src/api/staff.ts';
import type { WorkFile, WorkSummary } from '../src/api/works.ts';

const AT = '2026-11-22T05:00:04.000Z';

export const fileOf = (uploadId: string, part: Partial<WorkFile> = {}): WorkFile => ({
  uploadId,
  name: `${uploadId}.png`,
  size: '2048',
  mediaType: 'image/png',
  state: 'COMPLETE',
  sha256: 'a'.repeat(64),
  sm3: 'b'.repeat(64),
  ...part,
});

export const orderOf = (part: Partial<Attestation> = {}): Attestation => ({
  id: 'o1',
  orderNumber: '1795860258603019053',
  state: 'DRAFT',
  stateAt: AT,
  round: 1,
  version: 1,
  workId: 'w1',
  workSerial: 7,
  form: {
    title: '鹤华',
    intro: '',
    depositors: [{ source: 'self' }],
    authors: [{ source: 'self' }],
    creationNature: 'ORIGINAL',
    creationNote: '',
    workType: 'FINE_ART',
    workTypeNote: '',
    tags: [],
    acquisition: 'ORIGINAL',
    term: { kind: 'PERMANENT' },
    completedOn: '2026-11-20',
    files: [{ uploadId: 'f1' }],
    display: [{ uploadId: 'd1' }],
  },
  rightHolders: [],
  files: [fileOf('f1')],
  display: [fileOf('d1')],
  allowed: [],
  priceFen: null,
  payment: null,
  waitingOffline: null,
  discount: null,
  review: null,
  submission: null,
  receipt: null,
  certificate: null,
  isFoundByFile: true,
  createdAt: AT,
  submittedAt: null,
  paidAt: null,
  approvedAt: null,
  certifiedAt: null,
  history: [],
  ...part,
});

export const certificateOf = (
  part: Partial<NonNullable<Attestation['certificate']>> = {},
): NonNullable<Attestation['certificate']> => ({
  number: '100000000000000003',
  version: 1,
  documentNumber: 'YX-2026-0001',
  receivedAt: '2026-11-22T05:00:04.000Z',
  issuedAt: '2026-11-23T06:07:08.000Z',
  isStamped: true,
  lookupUrl: 'http://127.0.0.1/v/100000000000000003#code',
  typedCode: 'ABCDE-FGHJK',
  ...part,
});

export const staffOrderOf = (part: Partial<StaffAttestation> = {}): StaffAttestation => ({
  ...orderOf({ state: 'UNDER_REVIEW' }),
  applicant: { userNumber: 'ID1001', name: '沈**', idNumber: '370***********2417' },
  changes: [],
  isOwn: false,
  ...part,
});

export const staffSummaryOf = (part: Partial<StaffSummary> = {}): StaffSummary => ({
  id: 'o1',
  orderNumber: '1795860258603019053',
  workId: 'w1',
  title: '鹤华',
  displayUploadId: null,
  state: 'UNDER_REVIEW',
  stateAt: AT,
  paymentNumber: 'P26112200000000000001',
  isPaid: true,
  refund: null,
  channel: 'sandbox',
  certificateNumber: null,
  reasonCount: 0,
  createdAt: AT,
  submittedAt: AT,
  applicant: 'ID1001',
  round: 1,
  waitingSince: AT,
  isOwn: false,
  ...part,
});

export const workSummaryOf = (part: Partial<WorkSummary> = {}): WorkSummary => ({
  id: 'w1',
  serial: 7,
  version: 1,
  state: 'ARCHIVED',
  title: '鹤华',
  publishCategory: 'FINE_ART',
  workType: 'FINE_ART',
  createdAt: AT,
  updatedAt: AT,
  attestation: null,
  registration: null,
  coverUploadId: null,
  displayUploadIds: [],
  ...part,
});
