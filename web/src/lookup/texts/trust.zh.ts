// SPDX-License-Identifier: Apache-2.0
// Trust files and who signed them, as `inkseal-verify` says it.
export const trustZh = {
  hint: '请向验证者索取，或取自他们公布的网址；不要使用随证书一起收到的文件。可同时选择多个机构的信任文件、签名（.sig）和公钥（.pem）',
  add: '再添加信任文件、签名或公钥',
  remove: '移除',
  worst: '分别核验，以最差的结果为准',
  differ: '各信任文件不一致',
  agree: '各信任文件对判断所依据的内容一致',
  nothing: '未列明',
  unreadable: '其中有信任文件无法读取，未能比较',
  calledBy: '文件自称：{name}',
  good: '签名有效，签署者公钥：{key}',
  bad: '签名无效：不是由您给出的任何公钥签署的',
  unchecked: '有签名，但没有给出公钥，未核对是谁签署的',
  none: '没有签名',
  keys: '您给出的公钥',
  fingerprint: '指纹 SHA-256',
  unused: '没有签署以上任何信任文件',
  keyNote: '请向该机构当面、电话或在其官网核对公钥指纹：随信任文件一起收到的公钥不能说明是谁签署的。',
  stray: '不属于以上任何信任文件的签名',
};

export const trustTroubleZh = {
  'trust-needed': '这个文件不是信任文件。',
  'no-trust-key': '这个文件不是 PEM 格式的 Ed25519 公钥，不能核对信任文件的签名。请选择该机构公布的公钥文件。',
  'trust-key-alone': '只有公钥，没有信任文件。请再选择它所签署的信任文件及其签名（.sig）。',
  'trust-not-signed':
    '有信任文件不是由您给出的公钥签署的，因此没有作出核验。请补上它的签名和公钥，或在信任文件的列表中移除它。',
};

export type TrustTexts = typeof trustZh;
