// SPDX-License-Identifier: Apache-2.0
// 编号、查询码和分享链接不对时的话。

export const askedTroubleZh = {
  'number-needed': '请输入证书编号，或选择一个文件。',
  'number-burned':
    '本站丢失了这个编号的记录：它所在批次的根已写入区块链，记录本身在一次故障中未能恢复，已在“存证公示”中说明。这个编号不会再发给任何人。如果您持有它的证书 PDF 或证明文件，请在上方选择，仍可照常核验。',
  'lookup-code-invalid': '查询码不对。请对照证书二维码旁的 10 位字符再核对一遍。',
  'share-link-unknown': '这个分享链接打不开任何证书，可能没有复制完整。请让分享的人重新发送完整的链接。',
  'share-link-ended': '分享的人已经结束了这个链接。如仍需查看，请向分享的人索取新的链接。',
  'share-link-expired': '这个分享链接已经过期。如仍需查看，请向分享的人索取新的链接。',
  'share-link-used-up': '这个分享链接的打开次数已经用完。如仍需查看，请向分享的人索取新的链接。',
};
