// SPDX-License-Identifier: Apache-2.0
import type { StatedTexts } from './stated.zh.ts';

export const statedEn: StatedTexts = {
  lead: {
    pending: 'The certificate has not been issued yet.',
    returned:
      'The review returned this submission for changes: there is no certificate now. The applicant can submit it again.',
    rejected:
      'The review rejected this submission: no certificate was issued. The number shows only that it was submitted.',
    withdrawn: 'This submission was returned and not changed in time: the application ended without a certificate.',
  },
  entryLead:
    'The evidence was received and is not final on the blockchain yet. The site states this; you can verify it here once it is final.',
  typedOrder: 'You entered an order number; the site states its status.',
  step: 'Last step',
  steps: {
    received: 'Received',
    sequenced: 'Numbered',
    anchored: 'On chain, not yet final',
    'under-review': 'Under review',
    approved: 'Approved, being written to the blockchain',
  },
  receivedAt: 'Received',
};
