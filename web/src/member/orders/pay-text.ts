// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  payWay: '选择支付方式',
  scanWith: '请用{channel}扫码付款',
  openApp: '打开{channel}付款',
  useCode: '改用二维码付款',
  /** On a telephone there is nothing to scan. */
  phone: {
    expiresIn: '请在 {time} 内付款',
    expiringSoon: '付款时间还有 {minutes} 分钟。',
    expired: '付款时间已过，请重新发起付款',
    waiting: '付款后请回到本页，本页自动进入下一步',
    renew: '重新发起付款',
    validUntil: '付款截止时间',
    payFoot: '付款时间过后可以重新发起，已填内容会保留；重复付款的部分自动原路退回。',
  },
};

const en: typeof zh = {
  payWay: 'Pay with',
  scanWith: 'Scan the code with {channel}',
  openApp: 'Pay in {channel}',
  useCode: 'Use a QR code instead',
  phone: {
    expiresIn: 'Pay within {time}',
    expiringSoon: '{minutes} minutes left to pay.',
    expired: 'The time to pay is over. Start the payment again.',
    waiting: 'Come back to this page once you have paid; it moves on by itself',
    renew: 'Start the payment again',
    validUntil: 'Pay by',
    payFoot:
      'You can start again when the time is over; nothing you filled in is lost. Whatever is paid twice is given back automatically.',
  },
};

export const usePayText = () => useText({ zh, en });
