// SPDX-License-Identifier: Apache-2.0
// Which documents there are as templates, and their names.
import type { DocumentKind } from './kinds.ts';

export const TEMPLATES = [
  'GUARANTEE',
  'NON_SERVICE_PLEDGE',
  'NON_SERVICE_PROOF',
  'COOPERATION_AGREEMENT',
  'LEGAL_ENTITY_STATEMENT',
  'SERVICE_AGREEMENT',
  'COMMISSION_CONTRACT',
  'POWER_OF_ATTORNEY',
  'WORK_DESCRIPTION',
] as const satisfies readonly DocumentKind[];

export type TemplateKind = (typeof TEMPLATES)[number];

/** As the guide names them; a title is the name of its file. */
export const TITLES: Readonly<Record<TemplateKind, string>> = {
  GUARANTEE: '作品自愿登记权利保证书',
  NON_SERVICE_PLEDGE: '非职务创作保证书',
  NON_SERVICE_PROOF: '非职务创作证明',
  COOPERATION_AGREEMENT: '合作协议',
  LEGAL_ENTITY_STATEMENT: '法人作品声明',
  SERVICE_AGREEMENT: '职务作品归属协议',
  COMMISSION_CONTRACT: '委托创作合同',
  POWER_OF_ATTORNEY: '授权委托书',
  WORK_DESCRIPTION: '作品说明书',
};

export function templateFileName(kind: TemplateKind): string {
  return `${TITLES[kind]}.docx`;
}
