// SPDX-License-Identifier: Apache-2.0
// 作品自愿登记权利保证书: every owner and every applicant answers for what they say.
import { everybodyOnce, type TemplateFacts, titleOf } from '../template-facts.ts';
import { rolesTable, signersOf, type TemplateText, workTable } from '../template-text.ts';

export function guarantee(facts: TemplateFacts): TemplateText {
  return {
    to: facts.siteName,
    opening: [`保证人自愿就作品${titleOf(facts)}申请作品登记，已了解作品登记的有关规定，就登记事项作出下列保证。`],
    tables: [
      workTable(facts),
      rolesTable('著作权人、作者和申请人', [
        ['著作权人', facts.owners],
        ['作者', facts.authors],
        ['申请人', facts.applicants],
      ]),
    ],
    clauses: [
      '保证人填写的登记信息、提交的作品样本和各项证明文件真实、准确、完整，彼此一致；复印件、扫描件和电子文件与原件相符。',
      '所列著作权人对本作品享有所申报的权利，权利取得方式、权利归属方式和权利范围均属实；没有其他共有人，也没有尚未说明的转让、专有许可或者质押。',
      '本作品由所列作者创作完成，具有独创性。本作品系改编、翻译、注释、整理、汇编已有作品而产生的，已经取得原作品著作权人的许可，并已如实说明原作品及其来源。',
      '本作品没有侵犯他人的著作权、商标权、专利权，也没有侵犯他人的姓名权、肖像权、名誉权、隐私权和其他合法权益。',
      '本作品属于著作权法保护的作品，在法定保护期之内，不含有法律、行政法规禁止出版或者传播的内容，也没有就同一作品重复申请登记。',
      '保证人知悉：作品登记遵循自愿原则，是否登记不影响著作权的取得；登记证书是登记事项的初步证明，有相反证据的，以查明的事实为准。',
      '登记后发现材料不真实、登记事项与事实不符或者存在其他依法应当撤销登记的情形的，保证人同意登记机构撤销登记并予以公告，并交回登记证书。',
      '违反上述保证的，由保证人承担全部法律责任，并赔偿由此给他人和登记机构造成的损失。',
    ],
    closing: '本保证书由全体著作权人和申请人签名或者盖章，自签署之日起生效。',
    signers: signersOf('保证人', everybodyOnce([...facts.owners, ...facts.applicants])),
  };
}
