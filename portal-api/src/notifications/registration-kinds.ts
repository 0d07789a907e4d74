// SPDX-License-Identifier: Apache-2.0
// Messages about registrations.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { dayOf, kind } from './kind.ts';

const registration = z.object({ title: z.string(), orderNumber: z.string() });
const returned = registration.extend({ deadline: z.iso.datetime() });
const numbered = z.object({ title: z.string(), registrationNumber: z.string() });
const level = z.enum(['INITIAL', 'FINAL']);

const ALL = ['sms', 'mail'] as const;
const LEVEL_ZH = { INITIAL: '初审', FINAL: '复审' } as const;
const LEVEL_EN = { INITIAL: 'first', FINAL: 'second' } as const;

const pageOf = (id: string) => `/member/registrations/${id}`;
const shared = { group: 'decisions', channels: ALL, isOfParty: true, pathOf: pageOf } as const;

const reminder = (days: number) =>
  kind({
    ...shared,
    data: returned,
    texts: {
      zh: ({ title, orderNumber, deadline }) => ({
        title: `《${title}》的版权登记还有 ${days} 天到期，请尽快补正`,
        body: `版权登记编号 ${orderNumber} 已被退回。请在 ${dayOf(deadline)} 前修改并重新提交，逾期视为撤回申请。重新提交不收费。`,
        sms: sms`您的版权登记申请（尾号${tailOf(orderNumber)}）还有${days}天到期，请在${dayOf(deadline)}前补正并重新提交，逾期视为撤回。`,
      }),
      en: ({ title, orderNumber, deadline }) => ({
        title: `${days === 1 ? '1 day' : `${days} days`} left to mend the registration of “${title}”`,
        body: `Registration ${orderNumber} was returned. Resubmit it by ${dayOf(deadline)}, or it counts as withdrawn. Resubmitting costs nothing.`,
        sms: sms`Registration ending ${tailOf(orderNumber)}: resubmit by ${dayOf(deadline)}, or it counts as withdrawn.`,
      }),
    },
  });

export const registrationKinds = {
  'registration-returned': kind({
    ...shared,
    data: returned.extend({ level, reasons: z.array(z.string()) }),
    texts: {
      zh: ({ title, orderNumber, deadline, level: at, reasons }) => ({
        title: `《${title}》版权登记${LEVEL_ZH[at]}退回，共 ${reasons.length} 项`,
        body: [
          `版权登记编号 ${orderNumber}。请在 ${dayOf(deadline)} 前修改并重新提交，逾期视为撤回申请。重新提交不收费。`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
        ].join('\n'),
        sms: sms`您的版权登记申请（尾号${tailOf(orderNumber)}）${LEVEL_ZH[at]}退回，共${reasons.length}项，请在${dayOf(deadline)}前补正并重新提交，逾期视为撤回。`,
      }),
      en: ({ title, orderNumber, deadline, level: at, reasons }) => ({
        title: `The registration of “${title}” was returned in the ${LEVEL_EN[at]} review with ${itemsOf(reasons.length)}`,
        body: [
          `Registration ${orderNumber}. Resubmit it by ${dayOf(deadline)}, or it counts as withdrawn. Resubmitting costs nothing.`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
        ].join('\n'),
        sms: sms`Registration ending ${tailOf(orderNumber)} was returned with ${itemsOf(reasons.length)}. Resubmit by ${dayOf(deadline)}, or it counts as withdrawn.`,
      }),
    },
  }),
  'registration-due-in-7-days': reminder(7),
  'registration-due-in-1-day': reminder(1),
  'registration-withdrawn': kind({
    ...shared,
    data: registration,
    texts: {
      zh: ({ title, orderNumber }) => ({
        title: `《${title}》的版权登记已视为撤回`,
        body: `版权登记编号 ${orderNumber} 在期限内没有支付或没有重新提交，已视为撤回申请。作品仍在“我的作品”中，可以重新申请登记。`,
        sms: sms`您的版权登记申请（尾号${tailOf(orderNumber)}）逾期未办理，已视为撤回。`,
      }),
      en: ({ title, orderNumber }) => ({
        title: `The registration of “${title}” counts as withdrawn`,
        body: `Registration ${orderNumber} was not paid or not resubmitted in time, so it counts as withdrawn. The work is still in My works, and you can apply again.`,
        sms: sms`Registration ending ${tailOf(orderNumber)} was not continued in time and counts as withdrawn.`,
      }),
    },
  }),
  'registration-filed': kind({
    ...shared,
    channels: ALL,
    data: registration,
    texts: {
      zh: ({ title, orderNumber }) => ({
        title: `《${title}》的版权登记已由窗口工作人员代为提交`,
        body: `版权登记编号 ${orderNumber}，按您签署的授权委托书办理。如非您本人委托，请撤回申请并致电客服。`,
        sms: sms`您的版权登记申请（尾号${tailOf(orderNumber)}）已由窗口工作人员代为提交。如非您本人委托，请登录撤回。`,
      }),
      en: ({ title, orderNumber }) => ({
        title: `Staff submitted the registration of “${title}” for you at the counter`,
        body: `Registration ${orderNumber} was submitted as the mandate you signed asks. If you gave no mandate, withdraw it and call customer service.`,
        sms: sms`Registration ending ${tailOf(orderNumber)} was submitted for you at the counter. If you gave no mandate, log in and withdraw it.`,
      }),
    },
  }),
  'registration-passed': kind({
    ...shared,
    // The second review follows by itself: nothing to do.
    channels: [],
    data: registration,
    texts: {
      zh: ({ title, orderNumber }) => ({
        title: `《${title}》的版权登记通过初审`,
        body: `版权登记编号 ${orderNumber} 已进入复审。有结果会再通知您。`,
      }),
      en: ({ title, orderNumber }) => ({
        title: `The registration of “${title}” passed the first review`,
        body: `Registration ${orderNumber} is now in the second review. You will get another message when it is decided.`,
      }),
    },
  }),
  'registration-approved': kind({
    ...shared,
    // The certificate follows within minutes, and has a message for every channel.
    channels: [],
    data: numbered,
    texts: {
      zh: ({ title, registrationNumber }) => ({
        title: `《${title}》准予登记，正在上链`,
        body: `登记号 ${registrationNumber}。登记证书生成后会再通知您。`,
      }),
      en: ({ title, registrationNumber }) => ({
        title: `The registration of “${title}” was approved`,
        body: `Registration number ${registrationNumber}. It is being recorded on the chain; you will get another message when the certificate is ready.`,
      }),
    },
  }),
  'registration-refused': kind({
    ...shared,
    data: registration.extend({ reasons: z.array(z.string()) }),
    texts: {
      zh: ({ title, orderNumber, reasons }) => ({
        title: `《${title}》不予登记`,
        body: [
          `版权登记编号 ${orderNumber}。原因：`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
          '已付的服务费将全额原路退回，退款完成后会再通知您。',
        ].join('\n'),
        sms: sms`您的版权登记申请（尾号${tailOf(orderNumber)}）不予登记，请登录查看原因。`,
      }),
      en: ({ title, orderNumber, reasons }) => ({
        title: `The registration of “${title}” was refused`,
        body: [
          `Registration ${orderNumber}. Reasons:`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
          'A service fee that was paid is refunded in full, the way it was paid. You will get another message when it is done.',
        ].join('\n'),
        sms: sms`Registration ending ${tailOf(orderNumber)} was refused. Log in to see the reasons.`,
      }),
    },
  }),
  'registration-ready': kind({
    ...shared,
    group: 'certificates',
    data: numbered,
    texts: {
      zh: ({ title, registrationNumber }) => ({
        title: `《${title}》的作品登记证书已生成`,
        body: `登记号 ${registrationNumber}。现在可以下载登记证书和证据包。`,
        sms: sms`您的作品登记证书已生成，登记号${registrationNumber}，请登录下载。`,
      }),
      en: ({ title, registrationNumber }) => ({
        title: `The registration certificate of “${title}” is ready`,
        body: `Registration number ${registrationNumber}. You can now download the certificate and the evidence package.`,
        sms: sms`Your registration certificate is ready. Log in to download it.`,
      }),
    },
  }),
  'registration-revoked': kind({
    ...shared,
    data: numbered,
    texts: {
      zh: ({ title, registrationNumber }) => ({
        title: `《${title}》的版权登记已撤销`,
        body: `登记号 ${registrationNumber} 已被撤销，查询时会显示这一状态。如有异议，请联系客服。`,
        sms: sms`您的作品登记（${registrationNumber}）已被撤销，请登录查看。`,
      }),
      en: ({ title, registrationNumber }) => ({
        title: `The registration of “${title}” was revoked`,
        body: `Registration number ${registrationNumber} was revoked; whoever looks it up sees that. Contact customer service if you object.`,
        sms: sms`A registration of yours was revoked. Log in to see it.`,
      }),
    },
  }),
};

const tailOf = (orderNumber: string): string => orderNumber.slice(-4);

const itemsOf = (count: number): string => (count === 1 ? '1 item' : `${count} items`);
