// SPDX-License-Identifier: Apache-2.0
// 法人作品声明: an organisation that counts as the author (article 11 of the Copyright Law).
import { isOrganisation, namesOf, orBlank, type TemplateFacts, titleOf } from '../template-facts.ts';
import { peopleTable, SIGNED, STAMPED, signersOf, type TemplateText, workTable } from '../template-text.ts';

export function legalEntityStatement(facts: TemplateFacts): TemplateText {
  const creators = orBlank(facts.authors.filter((author) => isOrganisation(author) !== true));
  const owners = namesOf(facts.owners);
  return {
    to: facts.siteName,
    opening: [`${owners}就作品${titleOf(facts)}属于法人作品的有关事实声明如下。`],
    tables: [
      workTable(facts),
      peopleTable('声明单位（著作权人）', facts.owners),
      peopleTable('参加创作的人员', creators),
    ],
    clauses: [
      '本作品由声明单位主持创作，创作的立项、组织、人员安排和最终定稿均由声明单位决定。',
      '本作品代表声明单位的意志，其内容和表达由声明单位确定。',
      '本作品由声明单位承担责任，创作所需的资金、设备和资料由声明单位提供。',
      `依照著作权法第十一条的规定，${owners}视为本作品的作者，享有本作品的全部著作权。`,
      '参加创作的人员系根据声明单位的安排参加创作，确认上述事实，不以个人名义就本作品主张著作权；声明单位与上述人员之间没有与本声明不一致的约定。',
      '声明单位对本声明的真实性负责；如有不实，由声明单位承担全部法律责任，并赔偿由此给他人和登记机构造成的损失。',
    ],
    closing: '本声明由声明单位盖章，并由参加创作的人员签名确认，自签署之日起生效。',
    signers: [
      ...signersOf('声明单位', facts.owners).map((signer) => ({ ...signer, how: STAMPED })),
      ...signersOf('参加创作的人员', creators).map((signer) => ({ ...signer, how: SIGNED })),
    ],
  };
}
