// SPDX-License-Identifier: Apache-2.0
// 结论一行里除结论之外必须说明的话。

export const headlineZh = {
  revocationNotShown: '（未证明是否撤销）',
  neverIssued: '截至 {blockTime}（北京时间）未签发此编号',
  neverIssuedUnbacked: '记录显示未签发此编号，区块链未独立核验',
  submission: '（提交记录，不是证书）',
  auditHead: '（审计记录，不是证书）',
  rightsEvent: '权利变动记录，不是证书',
  rightsMark: '权利记录',
  rightsKind: '权利变动记录',
  processRevoked: '记录已撤销',
  textNotChecked: '没有核对证书纸面上印的文字。',
};

export type HeadlineTexts = Record<keyof typeof headlineZh, string>;
