// SPDX-License-Identifier: Apache-2.0
// Messages about money and about logging in.
import { z } from 'zod';
import { sms } from '../delivery/sms-text.ts';
import { kind, minuteOf, yuanOf } from './kind.ts';

const login = z.object({ at: z.iso.datetime(), browser: z.string(), system: z.string(), place: z.string() });
const securityPage = () => '/member/security';

const ADVICE = {
  zh: '如果不是您本人，请立即修改密码：修改后，所有设备都会退出登录。',
  en: 'If this was not you, change your password now: every device is then logged out.',
};

export const accountKinds = {
  'payment-refunded': kind({
    group: 'payments',
    channels: ['sms', 'mail'],
    data: z.object({
      amountFen: z.int(),
      title: z.string().optional(),
      orderNumber: z.string(),
      attestationId: z.uuid().optional(),
      registrationId: z.uuid().optional(),
      /** Finance has transferred or handed it back. */
      isOffline: z.boolean().optional(),
    }),
    isOfParty: true,
    pathOf: (_id, { attestationId, registrationId }) =>
      attestationId ? `/member/attestations/${attestationId}` : `/member/registrations/${registrationId}`,
    texts: {
      zh: ({ amountFen, title, orderNumber, isOffline }) => ({
        title: `${title === undefined ? '' : `《${title}》`}已退款 ${yuanOf(amountFen)}`,
        body: isOffline
          ? `编号 ${orderNumber} 的一笔线下付款已由财务退回。`
          : `编号 ${orderNumber} 的一笔付款已原路退回，到账时间以支付渠道为准。`,
        sms: sms`您的订单（尾号${orderNumber.slice(-4)}）已退款${(amountFen / 100).toFixed(2)}元，${isOffline ? '线下退回' : '原路退回'}。`,
      }),
      en: ({ amountFen, title, orderNumber, isOffline }) => ({
        title: `${yuanOf(amountFen)} refunded${title === undefined ? '' : ` for “${title}”`}`,
        body: isOffline
          ? `A payment for order ${orderNumber} was refunded by transfer or in cash.`
          : `A payment for order ${orderNumber} was refunded the way it was paid. The payment provider decides when it arrives.`,
        sms: sms`CNY ${(amountFen / 100).toFixed(2)} for the order ending ${orderNumber.slice(-4)} was refunded.`,
      }),
    },
  }),
  'phone-changed': kind({
    group: 'security',
    channels: ['sms', 'mail'],
    data: z.object({}),
    isOfParty: false,
    pathOf: () => '/member/security',
    texts: {
      zh: () => ({
        title: '绑定手机已更换',
        body: `您的账号已改绑新的手机号码，其他设备已退出登录。\n${ADVICE.zh}`,
        sms: sms`您的账号已改绑本手机号码，以后请用本号码登录。如非本人操作，请立即联系客服。`,
      }),
      en: () => ({
        title: 'Your mobile number was changed',
        body: `Your account has a new mobile number, and your other devices are logged out.\n${ADVICE.en}`,
        sms: sms`Your account now uses this number. Log in with it from now on. Not you? Contact support now.`,
      }),
    },
  }),
  'login-new-device': kind({
    group: 'security',
    channels: ['sms', 'mail'],
    data: login,
    isOfParty: false,
    pathOf: securityPage,
    texts: {
      zh: ({ at, ...from }) => ({
        title: '您的账号在新设备上登录',
        body: [`时间：${minuteOf(at)}（北京时间）`, originIn('zh', from), ADVICE.zh].join('\n'),
        sms: sms`您的账号于${minuteOf(at)}在新设备上登录。如非本人操作，请立即修改密码。`,
      }),
      en: ({ at, ...from }) => ({
        title: 'New device logged in to your account',
        body: [`Time: ${minuteOf(at)} (UTC+8)`, originIn('en', from), ADVICE.en].join('\n'),
        sms: sms`New device logged in to your account at ${minuteOf(at)} (UTC+8). Not you? Change your password now.`,
      }),
    },
  }),
  'login-new-network': kind({
    group: 'security',
    // A phone changes its network all day: this is for reading, not for waking anybody.
    channels: [],
    data: login,
    isOfParty: false,
    pathOf: securityPage,
    texts: {
      zh: ({ at, ...from }) => ({
        title: '您的账号在新的网络上登录',
        body: [`时间：${minuteOf(at)}（北京时间）`, originIn('zh', from), ADVICE.zh].join('\n'),
      }),
      en: ({ at, ...from }) => ({
        title: 'Login to your account from a new network',
        body: [`Time: ${minuteOf(at)} (UTC+8)`, originIn('en', from), ADVICE.en].join('\n'),
      }),
    },
  }),
};

type Origin = Omit<z.output<typeof login>, 'at'>;

const BROWSERS: Readonly<Record<string, string>> = {
  WECHAT: 'WeChat',
  EDGE: 'Edge',
  FIREFOX: 'Firefox',
  CHROME: 'Chrome',
  SAFARI: 'Safari',
};
const SYSTEMS: Readonly<Record<string, string>> = {
  HARMONY: 'HarmonyOS',
  ANDROID: 'Android',
  IOS: 'iOS',
  WINDOWS: 'Windows',
  MAC: 'macOS',
  LINUX: 'Linux',
};

function originIn(language: 'zh' | 'en', { browser, system, place }: Origin): string {
  const names = [BROWSERS[browser], SYSTEMS[system]].filter(Boolean).join(' · ');
  if (language === 'zh') return `设备：${names || '未知'}${place && `\n网络：${place}`}`;
  return `Device: ${names || 'unknown'}${place && `\nNetwork: ${place}`}`;
}
