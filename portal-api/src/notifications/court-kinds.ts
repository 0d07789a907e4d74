// SPDX-License-Identifier: Apache-2.0
// Messages about courts, authorities and third parties.
import { z } from 'zod';
import { kind } from './kind.ts';

export const courtKinds = {
  'records-disclosed': kind({
    group: 'decisions',
    channels: ['sms', 'mail'],
    isOfParty: true,
    data: z.object({
      authority: z.string(),
      fileNumber: z.string(),
      title: z.string(),
      number: z.string(),
    }),
    pathOf: () => '/member/disclosures',
    texts: {
      zh: ({ authority, fileNumber, title, number }) => ({
        title: `${authority}依法调取《${title}》的资料`,
        body: `案号 ${fileNumber}，证书编号 ${number}。经两名工作人员审核，本中心依法提供协助。提供了哪些内容、何时提供，请在“协查记录”中查看。`,
        sms: '有法院或机关依法调取了您的存证资料，请登录查看协查记录。',
      }),
      en: ({ authority, fileNumber, title, number }) => ({
        title: `Records of “${title}” may be handed to ${authority}, as the law demands`,
        body: `Case number ${fileNumber}, certificate ${number}. Two members of staff approved it. What was handed over, and when, is listed under “Disclosures”.`,
        sms: 'A court or an authority was given records of yours, as the law demands. Log in to see which.',
      }),
    },
  }),
};
