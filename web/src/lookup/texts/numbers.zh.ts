// SPDX-License-Identifier: Apache-2.0
// 输入的是哪一种编号，以及版权登记与存证不同的话。

export const numbersZh = {
  typedOrder: '您输入的是确权存证编号；对应的证书编号由本站陈述。',
  typedDocument: '您输入的是证单编号；对应的证书编号由本站陈述。',
  typedRecord: '您输入的是版权登记编号；对应的证书编号由本站陈述。',
  typedRegistration: '您输入的是作品登记号；对应的证书编号由本站陈述。填写查询码后，可以看到在册的登记号。',
  registrationRecord: '作品登记证书记载',
  registrationReceivedAt: '记录接收时间',
  registrationPending: '登记进行中',
  registrationPendingLead: '登记已经核准，正在写入区块链，证书尚未签发。此状态由本站陈述。',
};

export type NumberTexts = Record<keyof typeof numbersZh, string>;
