// SPDX-License-Identifier: Apache-2.0
import type { askedTroubleZh } from './asked.zh.ts';

export const askedTroubleEn: Record<keyof typeof askedTroubleZh, string> = {
  'number-needed': 'Enter a certificate number, or choose a file.',
  'number-malformed':
    'This is not a number of ours, and no earlier certificate with this number was imported. A certificate number has 18 digits, an order number 19, a document number C3 and 18 digits, and a registration number some Chinese characters, a year, a letter and 6 to 10 digits. Check it against the certificate.',
  'document-unknown':
    'There is no such document number. Check it against the certificate, or use the certificate number.',
  'registration-unknown':
    'We have no record of this registration number, and no earlier certificate with it was imported. Check it against the certificate; for a number of another registry, ask that registry.',
  'number-burned':
    'We have lost the record of this number: the root of its batch is on the blockchain, the record itself could not be recovered after a failure, as the transparency page says. The number is never given to anybody else. If you hold its certificate PDF or proof file, choose it above: it is verified as before.',
  'lookup-code-invalid': 'The look-up code is wrong. Check it against the 10 characters beside the QR code.',
  'share-link-unknown':
    'This share link opens no certificate; it may not have been copied whole. Ask whoever sent it for the whole link.',
  'share-link-ended':
    'Whoever shared this certificate has ended the link. Ask them for a new one if you still need it.',
  'share-link-expired': 'This share link has expired. Ask whoever sent it for a new one if you still need it.',
  'share-link-used-up':
    'This share link was opened as often as it could be. Ask whoever sent it for a new one if you still need it.',
};
