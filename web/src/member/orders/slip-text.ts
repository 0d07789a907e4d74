// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '收款收据',
  section: '收款信息',
  open: '查看和打印收款收据',
  number: '收据编号',
  paidAt: '收款时间',
  payer: '付款方',
  payee: '收款方',
  item: '收款事由',
  items: { attestation: '确权存证服务费：{title}', registration: '版权登记服务费：{title}' },
  order: '订单编号',
  amount: '金额',
  words: '大写金额',
  channel: '支付方式',
  payment: '支付单号',
  noInvoice: '本收据用于确认收到款项，不是发票，不能作为税务凭证。',
  refund: '退款凭证',
  refundNumber: '退款编号',
  refundState: '退款状态',
  refundAmount: '退款金额',
  refundedAt: '退款时间',
  print: '打印',
  back: '返回订单',
};

const en: typeof zh = {
  title: 'Payment receipt',
  section: 'Payment',
  open: 'View and print the payment receipt',
  number: 'Receipt number',
  paidAt: 'Received at',
  payer: 'Payer',
  payee: 'Payee',
  item: 'For',
  items: { attestation: 'Attestation fee: {title}', registration: 'Registration fee: {title}' },
  order: 'Order number',
  amount: 'Amount',
  words: 'Amount in words',
  channel: 'Paid by',
  payment: 'Payment number',
  noInvoice: 'This confirms that the money was received. It is not a tax invoice.',
  refund: 'Refund',
  refundNumber: 'Refund number',
  refundState: 'State',
  refundAmount: 'Amount refunded',
  refundedAt: 'Refunded at',
  print: 'Print',
  back: 'Back to the order',
};

export const useSlipText = () => useText({ zh, en });
