// SPDX-License-Identifier: Apache-2.0
// 职务作品归属协议: author and employer on whose the work is (article 18 of the Copyright Law). A general work belongs
// to the author; of a special one the author keeps the right to be named.
import type { ServiceKind } from '../kinds.ts';
import {
  BLANK,
  isOrganisation,
  namesOf,
  orBlank,
  type TemplateFacts,
  type TemplatePerson,
  titleOf,
} from '../template-facts.ts';
import {
  COPIES,
  DISPUTES,
  peopleTable,
  SIGNED,
  STAMPED,
  signersOf,
  type TemplateText,
  workTable,
} from '../template-text.ts';

export function serviceAgreement(facts: TemplateFacts): TemplateText {
  const employers = orBlank(employersOf(facts));
  return {
    opening: [
      `甲方（单位）：${namesOf(employers)}`,
      `乙方（作者）：${namesOf(facts.authors)}`,
      `乙方在甲方任职期间创作了作品${titleOf(facts)}。双方就本作品的著作权归属，经协商一致，订立本协议。`,
    ],
    tables: [workTable(facts), peopleTable('甲方（单位）', employers), peopleTable('乙方（作者）', facts.authors)],
    clauses: [
      `乙方系甲方工作人员，担任${BLANK}职务，本作品系乙方为完成甲方交付的工作任务所创作的职务作品。`,
      ...belonging(facts.serviceKind ?? null),
      `甲方因本作品给予乙方的报酬或者奖励为：${BLANK}${BLANK}。`,
      '双方保证本作品不侵犯他人的合法权益，乙方没有将本作品的权利另行转让或者许可给第三人。',
      `双方同意就本作品申请作品登记，由${namesOf(facts.applicants)}提交申请、接收通知和领取登记证书，另一方予以配合。`,
      DISPUTES,
    ],
    closing: COPIES,
    signers: [
      ...signersOf('甲方（单位）', employers).map((signer) => ({ ...signer, how: STAMPED })),
      ...signersOf('乙方（作者）', facts.authors).map((signer) => ({ ...signer, how: SIGNED })),
    ],
  };
}

/** The form names no employer: it is whichever organisation owns the work or applies. */
function employersOf({ owners, applicants }: TemplateFacts): readonly TemplatePerson[] {
  const owning = owners.filter((owner) => isOrganisation(owner));
  return owning.length > 0 ? owning : applicants.filter((applicant) => isOrganisation(applicant)).slice(0, 1);
}

const GENERAL = [
  '本作品属于著作权法第十八条第一款规定的一般职务作品，著作权由乙方享有，甲方有权在其业务范围内优先使用。',
  '自乙方向甲方交付本作品之日起两年内，未经甲方同意，乙方不得许可第三人以与甲方使用的相同方式使用本作品。',
];
const SPECIAL = [
  '本作品属于著作权法第十八条第二款规定的特殊职务作品，乙方享有署名权，著作权的其他权利由甲方享有。',
  '本作品主要利用甲方的物质技术条件创作并由甲方承担责任，或者依照法律、行政法规的规定以及双方的约定由甲方享有著作权。',
];

function belonging(kind: ServiceKind | null): string[] {
  if (kind === 'GENERAL') return GENERAL;
  if (kind === 'SPECIAL') return SPECIAL;
  const boxed = (clauses: readonly string[]) => `□ ${clauses.join('')}`;
  return [`双方选择下列一种归属方式（在所选项前的方框内打“√”）：\n${boxed(GENERAL)}\n${boxed(SPECIAL)}`];
}
