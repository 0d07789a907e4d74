// SPDX-License-Identifier: Apache-2.0
import type { NumberTexts } from './numbers.zh.ts';

export const numbersEn: NumberTexts = {
  typedOrder:
    'You entered an order number. The site states which certificate it belongs to; this link is not verified.',
  typedDocument:
    'You entered a document number. The site states which certificate it belongs to; this link is not verified.',
  typedRecord:
    'You entered an application number. The site states which certificate it belongs to; this link is not verified.',
  typedRegistration:
    'You entered a registration number. The site states which certificate it belongs to; with the look-up code you see the number on record.',
  registrationRecord: 'On the certificate of registration',
  registrationReceivedAt: 'Record received',
  registrationPending: 'Registration in progress',
  registrationPendingLead:
    'The registration was approved and is being written to the blockchain; the certificate has not been issued yet. The site states this.',
};
