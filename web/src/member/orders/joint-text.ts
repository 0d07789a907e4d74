// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  payTogether: '合并支付（{count}）',
  title: '合并支付',
  orders: '本次支付的订单',
  foot: '一次付清以上订单，每个订单分别审核。其中有订单审核不通过或需要退款时，只退还该订单的部分，其余不受影响。',
  over: '付款码已失效。换一个码可继续支付全部订单；如其中有订单已取消或已单独支付，请返回列表重新选择。',
  paid: '已收到付款，订单分别进入审核。',
  back: { attestation: '返回确权作品', registration: '返回版权作品' },
  part: '{count} 个订单合并支付，共 {amount}',
  states: {
    CREATED: '待支付',
    WAITING: '待支付',
    PAID: '已支付',
    CLOSED: '未支付',
    REFUNDING: '退款中',
    REFUNDED: '已退款',
    REFUND_FAILED: '退款未成功',
  },
};

export type JointText = typeof zh;

const en: JointText = {
  payTogether: 'Pay together ({count})',
  title: 'Pay several orders',
  orders: 'Orders of this payment',
  foot: 'One payment covers all of these orders; each is reviewed separately. If one of them is rejected or refunded, only its part is given back.',
  over: 'The code is no longer valid. Get a new one to pay all of these orders; if one was cancelled or paid separately, go back to the list and choose again.',
  paid: 'Payment received. Each order is now in review.',
  back: { attestation: 'Back to attestations', registration: 'Back to registrations' },
  part: '{count} orders paid together, {amount} in all',
  states: {
    CREATED: 'Unpaid',
    WAITING: 'Unpaid',
    PAID: 'Paid',
    CLOSED: 'Not paid',
    REFUNDING: 'Being refunded',
    REFUNDED: 'Refunded',
    REFUND_FAILED: 'Refund failed',
  },
};

export const useJointText = (): JointText => useText({ zh, en });
