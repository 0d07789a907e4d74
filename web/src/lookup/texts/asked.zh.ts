// SPDX-License-Identifier: Apache-2.0
// 编号、查询码和分享链接不对时的话。

export const askedTroubleZh = {
  'number-needed': '请输入证书编号，或选择一个文件。',
  'lookup-code-invalid': '查询码不对。请对照证书二维码旁的 10 位字符再核对一遍。',
  'share-link-unknown': '这个分享链接打不开任何证书，可能没有复制完整。请让分享的人重新发送完整的链接。',
  'share-link-ended': '分享的人已经结束了这个链接。如仍需查看，请向分享的人索取新的链接。',
  'share-link-expired': '这个分享链接已经过期。如仍需查看，请向分享的人索取新的链接。',
  'share-link-used-up': '这个分享链接的打开次数已经用完。如仍需查看，请向分享的人索取新的链接。',
};
