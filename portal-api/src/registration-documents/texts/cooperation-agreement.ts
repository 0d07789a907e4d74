// SPDX-License-Identifier: Apache-2.0
// 合作协议: the owners of a joint work (article 14 of the Copyright Law) on their shares and who registers it.
import { BLANK, namesOf, orBlank, type TemplateFacts, type TemplatePerson, titleOf } from '../template-facts.ts';
import {
  COPIES,
  DISPUTES,
  type Grid,
  label,
  partyLabels,
  peopleTable,
  signersOf,
  type TemplateText,
  workTable,
} from '../template-text.ts';

export function cooperationAgreement(facts: TemplateFacts): TemplateText {
  // Nobody cooperates alone: a second party is left to fill in.
  const owners = facts.owners.length > 1 ? facts.owners : [...orBlank(facts.owners), { name: '' }];
  const labels = partyLabels(owners);
  return {
    opening: [`${labels.join('、')}就合作创作的作品${titleOf(facts)}的著作权归属和行使，经协商一致，订立本协议。`],
    tables: [workTable(facts), peopleTable('合作各方', owners, labels)],
    clauses: [
      '本作品由各方基于共同创作的意思，共同创作完成，各方对本作品均作出了独创性的贡献。没有参加创作的人，不是合作作者。',
      { text: '各方的创作分工和享有的权利份额如下；未填写份额的，各方等额享有。', grid: sharesTable(owners, labels) },
      `各方在本作品上的署名及其顺序为：${BLANK}${BLANK}${BLANK}。`,
      '本作品的著作权由各方共同享有，经协商一致行使。不能协商一致，又没有正当理由的，任何一方不得阻止他方行使除转让、许可他人专有使用、出质以外的其他权利，所得收益应当在各方之间合理分配。',
      '本作品可以分割使用的，各方对各自创作的部分单独享有著作权，但行使该权利不得侵犯合作作品整体的著作权。',
      '转让本作品的著作权、许可他人专有使用本作品或者将著作权出质，须经各方书面同意；收益按照本协议约定的份额分配。',
      `各方同意就本作品申请作品登记，由${namesOf(facts.applicants)}代表各方提交申请、接收通知和领取登记证书。`,
      '各方保证各自创作的部分不侵犯他人的合法权益；因此发生争议的，由提供该部分的一方承担责任。',
      DISPUTES,
    ],
    closing: COPIES,
    signers: owners.flatMap((owner, index) => signersOf(labels[index] ?? '', [owner])),
  };
}

function sharesTable(owners: readonly TemplatePerson[], labels: readonly string[]): Grid {
  return {
    widths: [32, 48, 20],
    rowHeight: 10,
    rows: [
      [label('合作方'), label('创作内容'), label('权利份额（%）')],
      ...owners.map(({ name, share = '' }, index) => [
        { text: `${labels[index]}：${name}` },
        { text: '' },
        { text: share },
      ]),
    ],
  };
}
