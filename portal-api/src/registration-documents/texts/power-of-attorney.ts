// SPDX-License-Identifier: Apache-2.0
// 授权委托书: what an agent may do for the owners and applicants, and what they may not.
import { BLANK, everybodyOnce, isSamePerson, namesOf, type TemplateFacts, titleOf } from '../template-facts.ts';
import { peopleTable, signersOf, type TemplateText, workTable } from '../template-text.ts';

export function powerOfAttorney(facts: TemplateFacts): TemplateText {
  const agents = facts.agent ? [facts.agent] : [];
  const principals = everybodyOnce([...facts.owners, ...facts.applicants]).filter(
    (principal) => !agents.some((agent) => isSamePerson(agent, principal)),
  );
  return {
    to: facts.siteName,
    opening: [`${namesOf(principals)}委托${namesOf(agents)}为代理人，代为办理作品${titleOf(facts)}的登记事宜。`],
    tables: [workTable(facts), peopleTable('委托人', principals), peopleTable('受托人（代理人）', agents)],
    clauses: [
      '受托人代为办理下列事项：填写并提交登记申请和证明文件，补正申请材料，接收登记机构的通知，缴纳费用，领取登记证书。',
      '受托人无权代为转让、许可他人使用或者放弃本作品的著作权，无权撤回登记申请；办理上述事项须有委托人另行签署的书面授权。',
      '受托人应当亲自办理受托事项，未经委托人书面同意不得转委托。',
      '受托人提交的材料由委托人核对确认，受托人在授权范围内的行为由委托人承担法律后果。',
      '受托人对办理过程中知悉的委托人个人信息和商业秘密负有保密义务，不得用于办理登记以外的目的。',
      `委托期限自${BLANK}起至${BLANK}止；未填写的，自签署之日起至本作品的登记事宜办理完毕之日止。委托人可以书面通知登记机构提前终止委托。`,
    ],
    closing: '本委托书由委托人和受托人签名或者盖章，自签署之日起生效。',
    signers: [...signersOf('委托人', principals), ...signersOf('受托人（代理人）', agents)],
  };
}
