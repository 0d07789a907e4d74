// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '退款申请',
  lead: '不想再修改的，可以申请退还已付的服务费。财务人员同意后，订单随即撤回，款项原路退回。',
  ask: '申请退款',
  askAgain: '再次申请退款',
  reason: '退款原因',
  reasonHint: '最多 500 字，财务人员审批时查看。',
  send: '提交申请',
  no: '取消',
  number: '退款申请编号',
  state: '申请状态',
  amount: '金额',
  askedAt: '申请时间',
  answer: '说明',
  states: { OPEN: '退款申请审核中', GRANTED: '已同意', REFUSED: '未同意', WITHDRAWN: '已撤回' },
  refusedBecause: '未同意：{answer}',
  openHint: '审核期间仍可修改并重新提交订单；重新提交后，退款申请自动撤回。',
  refusedHint: '您可以修改后重新提交订单，不再收费，也可以再次申请退款。',
  withdraw: '撤回申请',
  withdrawTitle: '撤回退款申请？',
  withdrawLead: '撤回后订单仍为退回状态，可以继续修改并重新提交。',
  yesWithdraw: '撤回申请',
};

const en: typeof zh = {
  title: 'Refund request',
  lead: 'If you do not want to go on, ask for the fee that you paid. Once finance has granted it, the order is withdrawn and the money is refunded the way it was paid.',
  ask: 'Ask for a refund',
  askAgain: 'Ask for a refund again',
  reason: 'Reason',
  reasonHint: 'At most 500 characters. Finance reads it when deciding.',
  send: 'Send the request',
  no: 'Cancel',
  number: 'Request number',
  state: 'State',
  amount: 'Amount',
  askedAt: 'Asked at',
  answer: 'Note',
  states: { OPEN: 'Under review', GRANTED: 'Granted', REFUSED: 'Refused', WITHDRAWN: 'Taken back' },
  refusedBecause: 'Refused: {answer}',
  openHint: 'Meanwhile you can still edit and resubmit the order. Resubmitting takes the request back.',
  refusedHint: 'You can edit and resubmit the order free of charge, or ask for a refund again.',
  withdraw: 'Take the request back',
  withdrawTitle: 'Take the refund request back?',
  withdrawLead: 'The order stays returned. You can go on editing it and resubmit it.',
  yesWithdraw: 'Take it back',
};

export const useRefundText = () => useText({ zh, en });
