// SPDX-License-Identifier: Apache-2.0
// What a headline must say beside its verdict.
import type { HeadlineTexts } from './headline.zh.ts';

export const headlineEn: HeadlineTexts = {
  revocationNotShown: ' (revocation not shown)',
  neverIssued: 'This number was not issued as of {blockTime} (Beijing time)',
  neverIssuedUnbacked: 'The record shows no such number; blockchain not independently verified',
  submission: ' (a submission, not a certificate)',
  auditHead: ' (an audit record, not a certificate)',
  rightsEvent: 'A record of a change of rights, not a certificate',
  rightsMark: 'Rights record',
  rightsKind: 'Change of rights',
  processRevoked: 'Record revoked',
  textNotChecked: 'The text printed on the certificate was not checked.',
};
