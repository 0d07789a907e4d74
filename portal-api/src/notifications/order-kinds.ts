// SPDX-License-Identifier: Apache-2.0
// Messages about orders and their certificates.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { dayOf, kind } from './kind.ts';

const order = z.object({ title: z.string(), orderNumber: z.string() });
const returned = order.extend({ deadline: z.iso.datetime() });
const certificate = z.object({ title: z.string(), number: z.string() });

const orderPage = (id: string) => `/member/attestations/${id}`;
const ALL = ['sms', 'mail'] as const;

const reminder = (days: number) =>
  kind({
    group: 'decisions',
    channels: ALL,
    data: returned,
    isOfParty: true,
    pathOf: orderPage,
    texts: {
      zh: ({ title, orderNumber, deadline }) => ({
        title: `《${title}》还有 ${days} 天到期，请尽快修改并重新提交`,
        body: `确权存证编号 ${orderNumber} 已被审核退回。请在 ${dayOf(deadline)} 前修改并重新提交，逾期视为撤回申请。重新提交不再收费。`,
        sms: sms`您的存证申请（尾号${tailOf(orderNumber)}）还有${days}天到期，请在${dayOf(deadline)}前修改并重新提交，逾期视为撤回。`,
      }),
      en: ({ title, orderNumber, deadline }) => ({
        title: `${days === 1 ? '1 day' : `${days} days`} left to resubmit “${title}”`,
        body: `Order ${orderNumber} was returned by the reviewer. Resubmit it by ${dayOf(deadline)}, or it counts as withdrawn. Resubmitting costs nothing.`,
        sms: sms`Order ending ${tailOf(orderNumber)}: resubmit by ${dayOf(deadline)}, or it counts as withdrawn.`,
      }),
    },
  });

export const orderKinds = {
  'order-filed': kind({
    group: 'decisions',
    channels: ALL,
    data: order,
    isOfParty: true,
    pathOf: orderPage,
    texts: {
      zh: ({ title, orderNumber }) => ({
        title: `《${title}》的确权存证已由窗口工作人员代为提交`,
        body: `确权存证编号 ${orderNumber}，按您签署的授权委托书办理。如非您本人委托，请取消订单并致电客服。`,
        sms: sms`您的存证申请（尾号${tailOf(orderNumber)}）已由窗口工作人员代为提交。如非您本人委托，请登录取消。`,
      }),
      en: ({ title, orderNumber }) => ({
        title: `Staff submitted “${title}” for you at the counter`,
        body: `Order ${orderNumber} was submitted as the mandate you signed asks. If you gave no mandate, cancel the order and call customer service.`,
        sms: sms`Order ending ${tailOf(orderNumber)} was submitted for you at the counter. If you gave no mandate, log in and cancel it.`,
      }),
    },
  }),
  'order-returned': kind({
    group: 'decisions',
    channels: ALL,
    data: returned.extend({ reasons: z.array(z.string()) }),
    isOfParty: true,
    pathOf: orderPage,
    texts: {
      zh: ({ title, orderNumber, deadline, reasons }) => ({
        title: `《${title}》审核退回，共 ${reasons.length} 项`,
        body: [
          `确权存证编号 ${orderNumber}。请在 ${dayOf(deadline)} 前修改并重新提交，逾期视为撤回申请。重新提交不再收费。`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
        ].join('\n'),
        sms: sms`您的存证申请（尾号${tailOf(orderNumber)}）审核退回，共${reasons.length}项，请在${dayOf(deadline)}前修改并重新提交，逾期视为撤回。`,
      }),
      en: ({ title, orderNumber, deadline, reasons }) => ({
        title: `“${title}” was returned with ${itemsOf(reasons.length)}`,
        body: [
          `Order ${orderNumber}. Resubmit it by ${dayOf(deadline)}, or it counts as withdrawn. Resubmitting costs nothing.`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
        ].join('\n'),
        sms: sms`Order ending ${tailOf(orderNumber)} was returned with ${itemsOf(reasons.length)}. Resubmit by ${dayOf(deadline)}, or it counts as withdrawn.`,
      }),
    },
  }),
  'order-due-in-7-days': reminder(7),
  'order-due-in-1-day': reminder(1),
  'order-withdrawn': kind({
    group: 'decisions',
    channels: ALL,
    data: order,
    isOfParty: true,
    pathOf: orderPage,
    texts: {
      zh: ({ title, orderNumber }) => ({
        title: `《${title}》已视为撤回`,
        body: `确权存证编号 ${orderNumber} 审核退回后，期限内没有重新提交，已视为撤回申请。作品仍在“我的作品”中，可以重新申请确权存证。`,
        sms: sms`您的存证申请（尾号${tailOf(orderNumber)}）逾期未重新提交，已视为撤回。`,
      }),
      en: ({ title, orderNumber }) => ({
        title: `“${title}” counts as withdrawn`,
        body: `Order ${orderNumber} was returned and not resubmitted in time, so it counts as withdrawn. The work is still in My works, and you can apply again.`,
        sms: sms`Order ending ${tailOf(orderNumber)} was not resubmitted in time and counts as withdrawn.`,
      }),
    },
  }),
  'order-approved': kind({
    group: 'certificates',
    // The certificate follows within minutes, and has a message for every channel.
    channels: [],
    data: order,
    isOfParty: true,
    pathOf: orderPage,
    texts: {
      zh: ({ title, orderNumber }) => ({
        title: `《${title}》审核通过，正在上链`,
        body: `确权存证编号 ${orderNumber}。证书生成后会再通知您。`,
      }),
      en: ({ title, orderNumber }) => ({
        title: `“${title}” was approved`,
        body: `Order ${orderNumber} is being recorded on the chain. You will get another message when the certificate is ready.`,
      }),
    },
  }),
  'order-rejected': kind({
    group: 'decisions',
    channels: ALL,
    data: order.extend({ reasons: z.array(z.string()) }),
    isOfParty: true,
    pathOf: orderPage,
    texts: {
      zh: ({ title, orderNumber, reasons }) => ({
        title: `《${title}》审核不通过`,
        body: [
          `确权存证编号 ${orderNumber}。原因：`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
          '已付的服务费将全额原路退回，退款完成后会再通知您。',
        ].join('\n'),
        sms: sms`您的存证申请（尾号${tailOf(orderNumber)}）审核不通过，请登录查看原因。`,
      }),
      en: ({ title, orderNumber, reasons }) => ({
        title: `“${title}” was not approved`,
        body: [
          `Order ${orderNumber}. Reasons:`,
          ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
          'The service fee is refunded in full, the way it was paid. You will get another message when it is done.',
        ].join('\n'),
        sms: sms`Order ending ${tailOf(orderNumber)} was not approved. Log in to see the reasons.`,
      }),
    },
  }),
  'certificate-ready': kind({
    group: 'certificates',
    channels: ALL,
    data: certificate,
    isOfParty: true,
    pathOf: (id) => `${orderPage(id)}/certificate`,
    texts: {
      zh: ({ title, number }) => ({
        title: `《${title}》的证书已生成`,
        body: `证书编号 ${number}。现在可以下载证书和证据包。`,
        sms: sms`您的存证证书已生成，证书编号${number}，请登录下载。`,
      }),
      en: ({ title, number }) => ({
        title: `The certificate of “${title}” is ready`,
        body: `Certificate number ${number}. You can now download the certificate and the evidence package.`,
        sms: sms`Your certificate ${number} is ready. Log in to download it.`,
      }),
    },
  }),
  'certificate-revoked': kind({
    group: 'decisions',
    channels: ALL,
    data: certificate,
    isOfParty: true,
    pathOf: (id) => `${orderPage(id)}/certificate`,
    texts: {
      zh: ({ title, number }) => ({
        title: `《${title}》的证书已撤销`,
        body: `证书编号 ${number} 已撤销。查询这个编号的人会看到撤销日期和原因。`,
        sms: sms`您的存证证书${number}已撤销，请登录查看原因。`,
      }),
      en: ({ title, number }) => ({
        title: `The certificate of “${title}” was revoked`,
        body: `Certificate ${number} was revoked. Anyone who looks it up sees the date and the reason.`,
        sms: sms`Your certificate ${number} was revoked. Log in to see the reason.`,
      }),
    },
  }),
};

function tailOf(orderNumber: string): string {
  return orderNumber.slice(-4);
}

function itemsOf(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}
