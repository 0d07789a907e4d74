// SPDX-License-Identifier: Apache-2.0
// 历史证书：由其他系统签发，本站没有任何证明，只有登记信息。

export const earlierZh = {
  lead: '这是 {source} 于 {issuedOn} 签发的历史证书的登记信息，本平台没有其链上存证，请向 {source} 核实。',
  hidden: '作品名称和权利人不在这里显示，请一并向签发机构核对。',
  note: '由运营方陈述，未经核验',
  number: '历史证书编号',
  source: '签发机构',
  issuedOn: '签发日期',
  importedOn: '登记信息导入日期',
};

export type EarlierTexts = Record<keyof typeof earlierZh, string>;
