// SPDX-License-Identifier: Apache-2.0
// Messages about a member's own real name, where staff review it.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { kind } from './kind.ts';

const profile = () => '/member/profile';
const BOTH = ['sms', 'mail'] as const;

export const identityKinds = {
  'identity-verified': kind({
    group: 'decisions',
    channels: BOTH,
    data: z.object({}),
    isOfParty: false,
    pathOf: profile,
    texts: {
      zh: () => ({
        title: '个人实名认证已通过',
        body: '您提交的证件审核通过，现在可以办理业务。',
        sms: sms`您提交的个人实名认证已通过，请登录办理业务。`,
      }),
      en: () => ({
        title: 'Your real name is verified',
        body: 'The review of your document is done. You can now use every service.',
        sms: sms`Your real name is verified. Log in to go on.`,
      }),
    },
  }),
  'identity-rejected': kind({
    group: 'decisions',
    channels: BOTH,
    data: z.object({ reasons: z.array(z.string()) }),
    isOfParty: false,
    pathOf: profile,
    texts: {
      zh: ({ reasons }) => ({
        title: `个人实名认证审核退回，共 ${reasons.length} 项`,
        body: ['请修改后重新提交：', ...reasons.map((reason, index) => `${index + 1}. ${reason}`)].join('\n'),
        sms: sms`您提交的个人实名认证被退回，共${reasons.length}项，请登录查看原因并修改。`,
      }),
      en: ({ reasons }) => ({
        title: `Your real name was returned with ${reasons.length === 1 ? '1 item' : `${reasons.length} items`}`,
        body: ['Change them and send again:', ...reasons.map((reason, index) => `${index + 1}. ${reason}`)].join('\n'),
        sms: sms`The review of your real name returned it. Log in to see the reasons.`,
      }),
    },
  }),
};
