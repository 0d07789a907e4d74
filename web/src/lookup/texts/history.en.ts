// SPDX-License-Identifier: Apache-2.0
import type { HistoryTexts } from './history.zh.ts';

export const historyEn: HistoryTexts = {
  title: 'History of the rights',
  note: 'Stated by the operator, changes by the holder, without names; each entry with a number can be verified',
  shared:
    'You opened this through a share link of the certificate’s holder. They see how often and when it was opened, and not by whom; reloading the page counts too.',
  attestation: 'Attestation',
  registration: 'Copyright registration',
  reissue: 'Certificate reissued',
  amendment: 'Registration amended',
  attestationRevoked: 'Attestation revoked',
  registrationRevoked: 'Registration revoked',
  licence: 'Licence',
  transfer: 'Transfer',
  dispute: 'Dispute',
  disputeSettled: 'Dispute settled',
  exclusive: 'exclusive',
  sole: 'sole',
  nonExclusive: 'non-exclusive',
  period: 'from {from} to {to}',
  openPeriod: 'from {from}, no end agreed',
  transferredOn: 'transferred on {day}',
  raisedOn: 'raised on {day}',
  settledOn: 'settled on {day}',
  onItsWay: 'on its way to the chain',
  erased: 'erased by the holder',
  verifyThis: 'Verify this entry',
  superseded:
    'The operator states that a newer version superseded this certificate on {at}; for what is registered, the newer one counts. This page verifies the earlier certificate, and being superseded does not change the result.',
  objectionOpen: 'An objection of {at} waits for the owner’s answer',
  objectionAnswered: 'An objection of {at} was answered by the owner',
  objectionUpheld: 'An objection of {at} was upheld',
  objectionDismissed: 'An objection of {at} was dismissed',
  object: 'Object to this certificate',
  newVersion: 'Show the newer certificate',
  between: '; ',
};
