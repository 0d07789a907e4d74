// SPDX-License-Identifier: Apache-2.0
// 权利历史一节，以及通过分享链接打开时的说明。

export const historyZh = {
  title: '权利历史',
  note: '由运营方陈述，变动由权利人陈述，异议成立由运营方依处理结果记录，不显示姓名；有编号的可以逐条查验',
  shared: '您是通过证书持有人的分享链接打开的。持有人能看到打开的次数和时间，看不到是谁打开的；刷新本页也计一次。',
  attestation: '确权存证',
  registration: '版权登记',
  reissue: '登记证书补发',
  amendment: '登记证书变更',
  attestationRevoked: '撤销确权存证证书',
  registrationRevoked: '撤销版权登记',
  licence: '许可',
  transfer: '转让',
  dispute: '争议',
  disputeSettled: '争议已了结',
  upheld: '异议成立',
  upheldOn: '认定日期 {day}',
  exclusive: '专有许可',
  sole: '排他许可',
  nonExclusive: '普通许可',
  period: '自 {from} 起，至 {to}',
  openPeriod: '自 {from} 起，期限未约定',
  transferredOn: '转让日期 {day}',
  raisedOn: '提出日期 {day}',
  settledOn: '了结日期 {day}',
  onItsWay: '上链中',
  erased: '内容已由权利人删除',
  verifyThis: '查验这一条',
  superseded:
    '据运营方陈述，这份证书已于 {at} 被新版证书取代，登记事项以新版为准。本页核验的是原证书，取代不改变核验结果。',
  objectionOpen: '{at} 有人提出异议，等待权利人答复',
  objectionAnswered: '{at} 有人提出异议，权利人已答复',
  objectionUpheld: '{at} 提出的异议成立',
  objectionDismissed: '{at} 提出的异议不成立',
  object: '对这份证书提出异议',
  newVersion: '查看新版证书',
  /** Between what is known of an entry. */
  between: '；',
};

export type HistoryTexts = Record<keyof typeof historyZh, string>;
