// SPDX-License-Identifier: Apache-2.0
// What a 作品登记证书 proves, what it does not, and how to verify it.
import type { Block } from './pages.ts';
import { type Paper, SHEET } from './paper.ts';
import { isPreview, type Printed } from './printed-certificate.ts';
import { type StatementPart, statementText, verificationPart } from './statement-block.ts';
import { beijingTime } from './text.ts';

export const registrationStatement = (paper: Paper, printed: Printed): Block =>
  statementText(paper, partsOf(printed), SHEET.width);

function partsOf(printed: Printed): StatementPart[] {
  const isDevelopment = !isPreview(printed) && printed.isDevelopment;
  const day = isPreview(printed) ? '____-__-__ __:__:__' : beijingTime(printed.facts.record.anchor.time);
  return [
    {
      title: '本证书证明什么 What it proves',
      zh: `上列登记事项与样本文件的摘要在 ${day}（北京时间）之前已写入上述区块链登记合约，凭原文件，任何人都可以核对其内容自那时起未被改动。依照《著作权法》第十二条及其司法解释，有权机关的作品登记证书可以作为权属的初步证据，有相反证据的除外。`,
      en: `The digests of what was registered and of the sample files were in the registry named above by ${day} (UTC+8). With the originals, anyone can verify that they have not changed since. Under Article 12 of the Copyright Law, a certificate of registration from a competent authority is prima facie evidence of ownership unless there is evidence to the contrary.`,
    },
    {
      title: '本证书不证明什么 What it does not prove',
      zh: `不是对权属和独创性的最终认定：登记的人、日期和权利由申请人陈述并作出保证，本中心只审核其是否齐全、前后一致、符合登记条件。也不证明上链之前的事实。${isDevelopment ? '本证书所在的开发链没有验证者签名。' : ''}`,
      en: `It does not settle ownership or originality: persons, dates and rights are as the applicant stated and warranted them, and the review looks at completeness, consistency and eligibility. Nor does it prove anything before it went on chain.${isDevelopment ? ' The development chain has no validator signatures.' : ''}`,
    },
    verificationPart(printed.siteName),
  ];
}
