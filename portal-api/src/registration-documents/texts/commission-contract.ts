// SPDX-License-Identifier: Apache-2.0
// 委托创作合同: whose a commissioned work is, which without a contract is the author's (article 19 of the Copyright Law).
import { BLANK, dayOf, namesOf, orBlank, type TemplateFacts, titleOf } from '../template-facts.ts';
import { COPIES, DISPUTES, peopleTable, signersOf, type TemplateText, workTable } from '../template-text.ts';

export function commissionContract(facts: TemplateFacts): TemplateText {
  const isAuthor = (name: string) => facts.authors.some((author) => author.name === name);
  const clients = orBlank(facts.owners.filter(({ name }) => !isAuthor(name)));
  return {
    opening: [
      `甲方（委托人）：${namesOf(clients)}`,
      `乙方（受托人）：${namesOf(facts.authors)}`,
      `甲方委托乙方创作作品${titleOf(facts)}，双方经协商一致，订立本合同。`,
    ],
    tables: [workTable(facts), peopleTable('甲方（委托人）', clients), peopleTable('乙方（受托人）', facts.authors)],
    clauses: [
      `甲方委托乙方创作本作品，用途为${BLANK}${BLANK}。乙方应当按照双方确认的要求独立完成创作，未经甲方同意不得转委托。`,
      `本作品于${dayOf(facts.completedOn) || BLANK}创作完成。乙方向甲方交付作品的时间为${BLANK}，交付的形式为${BLANK}。`,
      `甲方就本作品的创作向乙方支付报酬${BLANK}元，支付的时间和方式为${BLANK}${BLANK}。`,
      `双方约定，本作品的著作权由${namesOf(facts.owners)}享有。`,
      `本作品的署名方式为：${BLANK}${BLANK}。`,
      '不享有著作权的一方，可以在本合同约定的用途和范围内使用本作品；超出该用途和范围的，应当取得著作权人的许可。',
      '乙方保证本作品系独立创作，不侵犯他人的合法权益；甲方提供素材的，保证对该素材享有合法的权利。因违反保证发生争议的，由违反的一方承担责任。',
      `双方同意就本作品申请作品登记，由${namesOf(facts.applicants)}提交申请、接收通知和领取登记证书，另一方予以配合。`,
      DISPUTES.replace('本协议', '本合同'),
    ],
    closing: COPIES.replaceAll('本协议', '本合同'),
    signers: [...signersOf('甲方（委托人）', clients), ...signersOf('乙方（受托人）', facts.authors)],
  };
}
