// SPDX-License-Identifier: Apache-2.0
// 非职务创作保证书: authors without an employer say so themselves.
import { type TemplateFacts, titleOf } from '../template-facts.ts';
import { peopleTable, SIGNED, signersOf, type TemplateText, workTable } from '../template-text.ts';

export function nonServicePledge(facts: TemplateFacts): TemplateText {
  return {
    to: facts.siteName,
    opening: [`保证人系作品${titleOf(facts)}的作者，现就本作品不属于职务作品的有关事实作出下列保证。`],
    tables: [workTable(facts), peopleTable('保证人（作者）', facts.authors)],
    clauses: [
      '保证人在创作本作品期间未在任何单位任职，与任何法人或者非法人组织之间不存在劳动关系、聘用关系或者人事关系；至今仍未任职。',
      '本作品不是为完成任何法人或者非法人组织交付的工作任务而创作，也不是在其主持下、代表其意志创作的作品。',
      '创作本作品没有利用任何法人或者非法人组织的资金、设备、场所、资料以及其他物质技术条件。',
      '本作品由保证人独立构思、独立完成，具有独创性，不是抄袭、剽窃他人作品的结果。',
      '本作品的著作权由作者本人享有，没有任何单位或者个人对其归属提出过异议。',
      '上述内容如有不实，由保证人承担全部法律责任，并赔偿由此给他人和登记机构造成的损失；登记机构可以依法撤销登记。',
    ],
    closing: '本保证书由作者本人签名，自签署之日起生效。',
    signers: signersOf('保证人', facts.authors).map((signer) => ({ ...signer, how: SIGNED })),
  };
}
