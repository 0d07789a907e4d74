// SPDX-License-Identifier: Apache-2.0
// Messages about refunds that owners asked for. When the money is on its way, `payment-refunded` follows.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { dayOf, kind, yuanOf } from './kind.ts';

const request = z.object({
  title: z.string(),
  orderNumber: z.string(),
  requestNumber: z.string(),
  amountFen: z.int(),
  attestationId: z.uuid().optional(),
  registrationId: z.uuid().optional(),
  words: z.string(),
});

const shared = {
  group: 'payments',
  channels: ['sms', 'mail'],
  isOfParty: true,
  pathOf: (_id: string, { attestationId, registrationId }: z.output<typeof request>) =>
    attestationId ? `/member/attestations/${attestationId}` : `/member/registrations/${registrationId}`,
} as const;

/** Whoever grants need not say anything. */
const saidIn = (words: string, name: string): string[] => (words === '' ? [] : [`${name}${words}`]);

export const refundKinds = {
  'refund-granted': kind({
    ...shared,
    data: request,
    texts: {
      zh: ({ title, orderNumber, requestNumber, amountFen, words }) => ({
        title: `《${title}》的退款申请已同意`,
        body: [
          `退款申请编号 ${requestNumber}，订单编号 ${orderNumber}。${yuanOf(amountFen)} 将原路退回，退款完成后会再通知您。订单已撤回。`,
          ...saidIn(words, '说明：'),
        ].join('\n'),
        sms: sms`您的退款申请（尾号${requestNumber.slice(-4)}）已同意，款项将原路退回。`,
      }),
      en: ({ title, orderNumber, requestNumber, amountFen, words }) => ({
        title: `Your refund request for “${title}” was granted`,
        body: [
          `Request ${requestNumber}, order ${orderNumber}. ${yuanOf(amountFen)} is refunded the way it was paid; you will get another message when it is done. The order is withdrawn.`,
          ...saidIn(words, 'Note: '),
        ].join('\n'),
        sms: sms`Refund request ending ${requestNumber.slice(-4)} was granted. The money is refunded the way it was paid.`,
      }),
    },
  }),
  'refund-refused': kind({
    ...shared,
    data: request.extend({ deadline: z.iso.datetime() }),
    texts: {
      zh: ({ title, orderNumber, requestNumber, deadline, words }) => ({
        title: `《${title}》的退款申请未同意`,
        body: [
          `退款申请编号 ${requestNumber}，订单编号 ${orderNumber}。原因：${words}`,
          `您仍可在 ${dayOf(deadline)} 前修改并重新提交订单，不再收费。`,
        ].join('\n'),
        sms: sms`您的退款申请（尾号${requestNumber.slice(-4)}）未同意。您仍可在${dayOf(deadline)}前修改并重新提交订单。`,
      }),
      en: ({ title, orderNumber, requestNumber, deadline, words }) => ({
        title: `Your refund request for “${title}” was refused`,
        body: [
          `Request ${requestNumber}, order ${orderNumber}. Reason: ${words}`,
          `You can still edit the order and resubmit it by ${dayOf(deadline)}, free of charge.`,
        ].join('\n'),
        sms: sms`Refund request ending ${requestNumber.slice(-4)} was refused. You can still resubmit the order by ${dayOf(deadline)}.`,
      }),
    },
  }),
};
