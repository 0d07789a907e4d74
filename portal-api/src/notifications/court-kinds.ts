// SPDX-License-Identifier: Apache-2.0
// Messages about courts, authorities and third parties.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { dayOf, kind } from './kind.ts';

const objection = z.object({ number: z.string(), objectionNumber: z.string() });
const ofObjection = {
  group: 'decisions',
  channels: ['sms', 'mail'],
  isOfParty: true,
  pathOf: () => '/member/objections',
} as const;

export const courtKinds = {
  'objection-filed': kind({
    ...ofObjection,
    data: objection.extend({ deadline: z.iso.datetime() }),
    texts: {
      zh: ({ number, objectionNumber, deadline }) => ({
        title: '有人对您的证书提出异议',
        body: `证书编号 ${number}，异议编号 ${objectionNumber}。请在 ${dayOf(deadline)} 前答复，逾期将不再等待。`,
        sms: sms`有人对您的证书提出异议，请在${dayOf(deadline)}前登录答复。`,
      }),
      en: ({ number, objectionNumber, deadline }) => ({
        title: 'Somebody objects to a certificate of yours',
        body: `Certificate ${number}, objection ${objectionNumber}. Answer before ${dayOf(deadline)}; staff decides without an answer afterwards.`,
        sms: sms`Somebody objects to a certificate of yours. Log in and answer before ${dayOf(deadline)}.`,
      }),
    },
  }),
  'objection-answered': kind({
    ...ofObjection,
    data: objection,
    texts: {
      zh: ({ number, objectionNumber }) => ({
        title: '权利人已答复您的异议',
        body: `证书编号 ${number}，异议编号 ${objectionNumber}。工作人员将据此处理。`,
        sms: sms`权利人已答复您的异议，请登录查看。`,
      }),
      en: ({ number, objectionNumber }) => ({
        title: 'Your objection was answered',
        body: `Certificate ${number}, objection ${objectionNumber}. Staff decides on it next.`,
        sms: sms`Your objection to a certificate was answered. Log in to read it.`,
      }),
    },
  }),
  'objection-decided': kind({
    ...ofObjection,
    data: objection.extend({ isUpheld: z.boolean(), words: z.string() }),
    texts: {
      zh: ({ number, objectionNumber, isUpheld, words }) => ({
        title: `异议${isUpheld ? '成立' : '不成立'}`,
        body: `证书编号 ${number}，异议编号 ${objectionNumber}。说明：${words}`,
        sms: sms`证书异议已有处理结果，请登录查看。`,
      }),
      en: ({ number, objectionNumber, isUpheld, words }) => ({
        title: `An objection was ${isUpheld ? 'upheld' : 'dismissed'}`,
        body: `Certificate ${number}, objection ${objectionNumber}. Staff says: ${words}`,
        sms: sms`An objection to a certificate was decided. Log in to read the outcome.`,
      }),
    },
  }),
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
        sms: sms`有法院或机关依法调取了您的存证资料，请登录查看协查记录。`,
      }),
      en: ({ authority, fileNumber, title, number }) => ({
        title: `Records of “${title}” may be handed to ${authority}, as the law demands`,
        body: `Case number ${fileNumber}, certificate ${number}. Two members of staff approved it. What was handed over, and when, is listed under “Disclosures”.`,
        sms: sms`A court or an authority was given records of yours, as the law demands. Log in to see which.`,
      }),
    },
  }),
};
