// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  ways: { transfer: '对公转账', cash: '窗口现金' },
  waiting:
    '财务人员已于 {at} 录入这个订单的{way} {amount}，正由另一名财务人员复核。确认后订单自动进入审核，请不要再付款；如未通过，这里会重新显示支付方式。',
  joint:
    '其中 {count} 个订单的线下付款已由财务人员录入，正在复核，请不要再付款。复核未通过的订单，可返回列表重新选择支付；其余订单请单独支付。',
  isWaiting: '线下付款复核中',
  transfer: '对公转账',
  transferLead: '也可以向以下账户转账。到账后由财务人员核对并确认，通常需要一至两个工作日；请保留银行回单。',
  holder: '户名',
  bank: '开户行',
  number: '账号',
  reference: '转账附言',
  referenceHint: '只写这个订单编号，以便核对。一笔转账对应一个订单，金额须与服务费一致。',
};

const en: typeof zh = {
  ways: { transfer: 'bank transfer', cash: 'cash at the counter' },
  waiting:
    'On {at}, our finance team entered your payment of {amount} by {way}. A colleague still has to confirm it; the review then begins automatically. Please do not pay again. If the payment is refused, this page shows the ways to pay again.',
  joint:
    'Our finance team entered offline payments for {count} of these orders and is confirming them. Please do not pay again. If one is refused, select it in the list again; pay the other orders separately.',
  isWaiting: 'Offline payment being confirmed',
  transfer: 'Bank transfer',
  transferLead:
    'You can also transfer the money to this account. Our finance team confirms it, usually within one or two working days after it arrives. Keep the receipt from your bank.',
  holder: 'Account holder',
  bank: 'Bank',
  number: 'Account number',
  reference: 'Reference',
  referenceHint: 'Write only this order number. Make one transfer for each order, for exactly the fee.',
};

export const useOfflineText = () => useText({ zh, en });
