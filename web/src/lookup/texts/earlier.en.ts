// SPDX-License-Identifier: Apache-2.0
import type { EarlierTexts } from './earlier.zh.ts';

export const earlierEn: EarlierTexts = {
  lead: 'These are the imported details of an earlier certificate that {source} issued on {issuedOn}. This platform has no proof of it on the blockchain: please verify it with {source}.',
  hidden: 'The title and the owners are not shown here: ask the issuer to confirm them, too.',
  note: 'stated by the operator, not verified',
  number: 'Number of the earlier certificate',
  source: 'Issued by',
  issuedOn: 'Issued on',
  importedOn: 'Details imported on',
};
