// SPDX-License-Identifier: Apache-2.0
// Messages about works on the public site.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { kind } from './kind.ts';

const about = { title: z.string(), workId: z.uuid() };
/** What staff wrote. */
const withReason = z.object({ ...about, reason: z.string() });

const shared = {
  group: 'decisions',
  channels: ['sms', 'mail'],
  isOfParty: true,
  pathOf: (_id: string, { workId }: { workId: string }) => `/member/works/${workId}/publication`,
} as const;

export const publicationKinds = {
  'publication-approved': kind({
    ...shared,
    data: z.object(about),
    texts: {
      zh: ({ title }) => ({
        title: `《${title}》已公开展示`,
        body: '公开审核通过，任何人都可以在公共网站检索和查看这件作品。您可以随时撤回。',
        sms: sms`您申请公开展示的作品已通过审核，可登录会员中心查看。`,
      }),
      en: ({ title }) => ({
        title: `“${title}” is public`,
        body: 'The review is done: anybody can find and see this work on the public site. You can withdraw it at any time.',
        sms: sms`Your work passed its review and is on the public site. Log in to see it.`,
      }),
    },
  }),
  'publication-refused': kind({
    ...shared,
    data: withReason,
    texts: {
      zh: ({ title, reason }) => ({
        title: `《${title}》公开审核未通过`,
        body: `理由：${reason}\n请修改后重新申请。`,
        sms: sms`您申请公开展示的作品未通过审核，请登录会员中心查看理由。`,
      }),
      en: ({ title, reason }) => ({
        title: `“${title}” was not approved for public display`,
        body: `Reason: ${reason}\nChange it and submit it again.`,
        sms: sms`Your work was not approved for public display. Log in to see the reason.`,
      }),
    },
  }),
  'publication-taken-down': kind({
    ...shared,
    data: withReason,
    texts: {
      zh: ({ title, reason }) => ({
        title: `《${title}》已从公共网站下架`,
        body: `理由：${reason}\n证书和存证记录不受影响。如有异议，可以申诉一次。`,
        sms: sms`您公开展示的作品已下架，证书不受影响。请登录会员中心查看理由，可以申诉。`,
      }),
      en: ({ title, reason }) => ({
        title: `“${title}” was removed from the public site`,
        body: `Reason: ${reason}\nCertificates and records are not affected. You can appeal once.`,
        sms: sms`Your work was removed from the public site. Log in to see the reason and to appeal.`,
      }),
    },
  }),
  'publication-restored': kind({
    ...shared,
    data: z.object(about),
    texts: {
      zh: ({ title }) => ({
        title: `《${title}》申诉成立，已恢复展示`,
        body: '任何人都可以再次在公共网站检索和查看这件作品。',
        sms: sms`您的申诉成立，作品已恢复公开展示。`,
      }),
      en: ({ title }) => ({
        title: `Appeal accepted: “${title}” is public again`,
        body: 'Anybody can find and see this work on the public site again.',
        sms: sms`Your appeal was accepted. Your work is on the public site again.`,
      }),
    },
  }),
  'publication-upheld': kind({
    ...shared,
    data: withReason,
    texts: {
      zh: ({ title, reason }) => ({
        title: `《${title}》申诉不成立，维持下架`,
        body: `理由：${reason}\n证书和存证记录不受影响。`,
        sms: sms`您的申诉不成立，作品维持下架。请登录会员中心查看理由。`,
      }),
      en: ({ title, reason }) => ({
        title: `Appeal rejected: “${title}” stays removed`,
        body: `Reason: ${reason}\nCertificates and records are not affected.`,
        sms: sms`Your appeal was rejected; the work stays removed. Log in to see the reason.`,
      }),
    },
  }),
};
