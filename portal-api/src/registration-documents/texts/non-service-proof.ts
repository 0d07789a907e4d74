// SPDX-License-Identifier: Apache-2.0
// 非职务创作证明: the employer, whom the form does not name, says that an employee's work is their own.
import { namesOf, type TemplateFacts, titleOf } from '../template-facts.ts';
import { fieldsToFill, peopleTable, SIGNED, type TemplateText, workTable } from '../template-text.ts';

export function nonServiceProof(facts: TemplateFacts): TemplateText {
  const authors = namesOf(facts.authors);
  return {
    to: facts.siteName,
    opening: [`${authors}系本单位工作人员。现就其创作的作品${titleOf(facts)}不属于职务作品的有关事实证明如下。`],
    tables: [
      workTable(facts),
      peopleTable('作者', facts.authors),
      fieldsToFill('任职情况', ['所在部门及职务', '在本单位任职的起止时间', '主要岗位职责']),
      fieldsToFill('出具证明的单位', ['单位名称', '统一社会信用代码', '单位地址', '联系人及联系电话']),
    ],
    clauses: [
      '本作品不是本单位交付的工作任务，本单位没有为其创作下达过计划、指令或者要求。',
      '创作本作品不属于作者岗位职责的范围，也不是作者履行本职工作可以预见的结果或者自然产生的结果。',
      '本作品不是主要利用本单位的资金、设备、场所、未公开的资料等物质技术条件创作，本单位不对本作品承担责任。',
      '本单位没有主持本作品的创作，本作品不代表本单位的意志。',
      `本作品的著作权由${authors}个人享有，本单位对此没有异议，也不就本作品主张任何权利。`,
      '本单位对本证明的真实性负责；如有不实，愿意承担相应的法律责任。',
    ],
    closing: '作者在不同单位任职的，由各单位分别出具证明。本证明自单位盖章之日起生效。',
    signers: [
      { role: '出具证明的单位', person: { name: '' }, how: '（盖章）' },
      { role: '法定代表人或者负责人', person: { name: '' }, how: SIGNED },
      { role: '经办人', person: { name: '' }, how: SIGNED },
    ],
  };
}
