// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  ask: '第二步验证',
  askLead: '请打开手机上的验证器，填写 6 位动态验证码。手机不在身边时，可填写一个备用码。',
  code: '动态验证码',
  codeOrRecovery: '动态验证码或备用码',
  continue: '继续',
  enrol: '绑定验证器',
  enrolLead:
    '工作人员登录须有第二步验证。请用验证器（如手机上的各种身份验证器应用）扫描二维码，再填写它显示的 6 位验证码。',
  start: '开始绑定',
  again: '更换验证器',
  qr: '绑定验证器的二维码',
  noCamera: '不能扫描时，请在验证器中手工输入密钥：',
  secret: '密钥',
  confirm: '确认绑定',
  codes: '备用码',
  codesLead: '请抄写或打印这 10 个备用码，与手机分开保管。每个只能用一次，离开本页后不再显示。',
  codesKept: '我已保存备用码',
  print: '打印',
  manage: '本人验证器',
  manageLead: '已绑定验证器，每次登录都会要求验证码。更换后，旧验证器和旧备用码立即失效。',
  manageNone: '还没有绑定验证器。绑定后，每次登录都会要求验证码。',
};

const en: typeof zh = {
  ask: 'Second step',
  askLead:
    'Open the authenticator on your phone and enter its code of 6 digits. Without your phone, enter a recovery code.',
  code: 'Code',
  codeOrRecovery: 'Code or recovery code',
  continue: 'Continue',
  enrol: 'Set up an authenticator',
  enrolLead:
    'Staff log in with a second step. Scan the QR code with an authenticator app on your phone, then enter the 6 digits it shows.',
  start: 'Start',
  again: 'Change authenticator',
  qr: 'QR code for the authenticator',
  noCamera: 'If you cannot scan it, type this key into the authenticator:',
  secret: 'Key',
  confirm: 'Confirm',
  codes: 'Recovery codes',
  codesLead:
    'Write down or print these 10 recovery codes and keep them apart from your phone. Each works once; they are not shown again after you leave this page.',
  codesKept: 'I have kept the codes',
  print: 'Print',
  manage: 'My authenticator',
  manageLead:
    'An authenticator is set up, and every log-in asks for its code. Once you change it, the old one and the old recovery codes end at once.',
  manageNone: 'No authenticator is set up. Once one is, every log-in asks for its code.',
};

export const useSecondStepText = () => useText({ zh, en });
