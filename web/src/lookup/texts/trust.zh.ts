// SPDX-License-Identifier: Apache-2.0
// Several trust files, as `inkseal-verify` says it.
export const trustZh = {
  add: '再添加信任文件',
  remove: '移除',
  worst: '分别核验，以最差的结果为准',
  differ: '各信任文件不一致',
  agree: '各信任文件对判断所依据的内容一致',
  nothing: '未列明',
  unreadable: '其中有信任文件无法读取，未能比较',
};

export type TrustTexts = typeof trustZh;
