// SPDX-License-Identifier: Apache-2.0
// Messages about new versions of a certificate, 补发 and 变更.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { kind } from './kind.ts';

const request = z.object({ title: z.string(), registrationNumber: z.string(), registrationId: z.uuid() });

const shared = {
  channels: ['sms', 'mail'],
  isOfParty: true,
  pathOf: (_id: string, { registrationId }: z.output<typeof request>) => `/member/registrations/${registrationId}`,
} as const;

export const versionKinds = {
  'version-issued': kind({
    ...shared,
    group: 'certificates',
    data: request.extend({ number: z.string(), isAmendment: z.boolean() }),
    texts: {
      zh: ({ title, registrationNumber, number, isAmendment }) => ({
        title: `《${title}》的登记证书已${isAmendment ? '变更' : '补发'}`,
        body: `登记号 ${registrationNumber} 不变，新的证书编号 ${number}。原证书已被取代，原查询码不再有效，请下载新证书。`,
        sms: sms`您的作品登记证书已${isAmendment ? '变更' : '补发'}，原证书已被取代，请登录下载新证书。`,
      }),
      en: ({ title, registrationNumber, number, isAmendment }) => ({
        title: `The registration certificate of “${title}” was ${isAmendment ? 'amended' : 'reissued'}`,
        body: `Registration number ${registrationNumber} stays; the new certificate number is ${number}. The earlier certificate is superseded and its look-up code no longer opens it. Download the new one.`,
        sms: sms`Your registration certificate was ${isAmendment ? 'amended' : 'reissued'}. Log in to download the new one.`,
      }),
    },
  }),
  'version-refused': kind({
    ...shared,
    group: 'decisions',
    data: request.extend({ words: z.string() }),
    texts: {
      zh: ({ title, registrationNumber, words }) => ({
        title: `《${title}》的证书补发或变更申请未同意`,
        body: `登记号 ${registrationNumber}。原因：${words}\n原证书仍然有效，您可以重新申请。`,
        sms: sms`您的证书补发或变更申请未同意，请登录查看原因。`,
      }),
      en: ({ title, registrationNumber, words }) => ({
        title: `Your request for a new certificate of “${title}” was refused`,
        body: `Registration number ${registrationNumber}. Reason: ${words}\nThe certificate stays valid, and you can ask again.`,
        sms: sms`Your request for a new registration certificate was refused. Log in to see the reason.`,
      }),
    },
  }),
};
