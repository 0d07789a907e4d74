// SPDX-License-Identifier: Apache-2.0
import { useText } from '../i18n/language.ts';

const zh = {
  colon: '：',
  /** Between the items of a list in one line. */
  comma: '、',
  toFix: '有 {count} 处需要处理，完成后即可提交：',
  retryAfter: '请在 {time}后再试。',
  requestNumber: '请求编号 {id}',
  retry: '重试',
  loading: '正在载入',
  loadingLong: '仍在载入，请稍候。',
  offline: '网络已断开，已填内容保存在本机。连接后会自动继续。',
  copy: '复制',
  copied: '已复制',
  more: '展开',
  less: '收起',
  step: '第 {step} 步：{name}',
  stepsLeft: '共 {count} 步，下一步：{name}',
  stepsDone: '共 {count} 步',
  stepDone: '已完成',
  steps: '办理步骤',
  waived: '免支付',
};

const en: typeof zh = {
  colon: ': ',
  comma: ', ',
  toFix: '{count} to fix before you can submit:',
  retryAfter: 'Try again in {time}.',
  requestNumber: 'Request number {id}',
  retry: 'Try again',
  loading: 'Loading',
  loadingLong: 'Still loading, please wait.',
  offline: 'You are offline; what you typed is kept on this device. The page continues once you are back online.',
  copy: 'Copy',
  copied: 'Copied',
  more: 'Show all',
  less: 'Show less',
  step: 'Step {step}: {name}',
  stepsLeft: '{count} {count:step|steps}, next: {name}',
  stepsDone: '{count} {count:step|steps}',
  stepDone: 'done',
  steps: 'Steps',
  waived: 'No payment',
};

export const useKitText = () => useText({ zh, en });
