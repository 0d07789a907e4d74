// SPDX-License-Identifier: Apache-2.0
// Messages about organisations and their members. The name of the organisation is stored encrypted, so the inbox and the
// mail show it beside these sentences.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { dayOf, kind } from './kind.ts';

const profile = () => '/member/profile';
const BOTH = ['sms', 'mail'] as const;

export const organisationKinds = {
  'organisation-verified': kind({
    group: 'decisions',
    channels: BOTH,
    data: z.object({}),
    isOfParty: true,
    pathOf: profile,
    texts: {
      zh: () => ({
        title: '单位实名认证已通过',
        body: '您提交的单位资料审核通过。现在可以代表该单位办理业务，也可以邀请单位成员。',
        sms: sms`您提交的单位实名认证已通过，请登录办理业务。`,
      }),
      en: () => ({
        title: 'Your organisation is verified',
        body: 'The review of your organisation is done. You can now act for it, and invite members.',
        sms: sms`Your organisation is verified. Log in to act for it.`,
      }),
    },
  }),
  'organisation-rejected': kind({
    group: 'decisions',
    channels: BOTH,
    data: z.object({ reasons: z.array(z.string()) }),
    isOfParty: true,
    pathOf: profile,
    texts: {
      zh: ({ reasons }) => ({
        title: `单位实名认证审核退回，共 ${reasons.length} 项`,
        body: ['请修改后重新保存：', ...reasons.map((reason, index) => `${index + 1}. ${reason}`)].join('\n'),
        sms: sms`您提交的单位实名认证被退回，共${reasons.length}项，请登录查看原因并修改。`,
      }),
      en: ({ reasons }) => ({
        title: `Your organisation was returned with ${reasons.length === 1 ? '1 item' : `${reasons.length} items`}`,
        body: ['Change them and save again:', ...reasons.map((reason, index) => `${index + 1}. ${reason}`)].join('\n'),
        sms: sms`The review of your organisation returned it. Log in to see the reasons.`,
      }),
    },
  }),
  'organisation-invitation': kind({
    group: 'decisions',
    // The text message goes to the invited telephone, with an account or without one.
    channels: [],
    data: z.object({ expiresAt: z.iso.datetime() }),
    isOfParty: false,
    pathOf: profile,
    texts: {
      zh: ({ expiresAt }) => ({
        title: '有单位邀请您成为其成员',
        body: `请在资料档案中接受或拒绝，${dayOf(expiresAt)} 前有效。`,
      }),
      en: ({ expiresAt }) => ({
        title: 'An organisation invites you',
        body: `Accept or decline in My profile; the invitation holds until ${dayOf(expiresAt)}.`,
      }),
    },
  }),
};
