// SPDX-License-Identifier: Apache-2.0
// What a copyright registration says of its rights, and the kinds of documents that can come with it.

/** 权利取得方式: 原始, 继承, 承受 (a merger or a division), 其他. */
export const ACQUISITION_MODES = ['ORIGINAL', 'INHERITANCE', 'SUCCESSION', 'OTHER'] as const;
/** 权利归属方式: 个人作品, 合作作品, 法人作品, 职务作品, 委托作品. */
export const OWNERSHIP_MODES = ['PERSONAL', 'JOINT', 'LEGAL_ENTITY', 'SERVICE', 'COMMISSIONED'] as const;
/** Of 职务作品, article 18 of the Copyright Law: `GENERAL` belongs to the author, `SPECIAL` to the employer. */
export const SERVICE_KINDS = ['GENERAL', 'SPECIAL'] as const;

export const DOCUMENT_KINDS = [
  'SAMPLE',
  'GUARANTEE',
  'NON_SERVICE_PLEDGE',
  'NON_SERVICE_PROOF',
  'COOPERATION_AGREEMENT',
  'LEGAL_ENTITY_STATEMENT',
  'SERVICE_AGREEMENT',
  'COMMISSION_CONTRACT',
  'INHERITANCE_PROOF',
  'SUCCESSION_PROOF',
  'TRANSFER_CONTRACT',
  'SOURCE_LICENCE',
  'POWER_OF_ATTORNEY',
  'RESIDENCE_PERMIT',
  'WORK_DESCRIPTION',
  'RIGHTS_PROOF',
  'OTHER',
] as const;

export type AcquisitionMode = (typeof ACQUISITION_MODES)[number];
export type OwnershipMode = (typeof OWNERSHIP_MODES)[number];
export type ServiceKind = (typeof SERVICE_KINDS)[number];
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
