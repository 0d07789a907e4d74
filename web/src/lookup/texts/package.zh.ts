// SPDX-License-Identifier: Apache-2.0
// 证据包内容一节的文字。

export const packageZh = {
  title: '证据包内容',
  note: '除证明文件外各项与这份证明的关系',
  original: '存证的文件',
  document: '存证的登记材料',
  process: '截至审核通过的部分已存证',
  'time-stamp': '这份证明所附的时间戳',
  other: '不属于这份证明',
  certificate: '所附即这份证明',
  listed: '与包内清单一致',
  altered: '与包内清单不符',
  sums: '包内清单',
  known: '旧版证据包的组成部分，未比对',
  unaccounted: '这份证明没有涉及',
};

export type PackageTexts = Record<keyof typeof packageZh, string>;
