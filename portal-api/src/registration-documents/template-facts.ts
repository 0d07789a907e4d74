// SPDX-License-Identifier: Apache-2.0
// What a template is filled in with, and its words. Whatever is missing becomes a line or a cell to fill in by hand.
import type { DOCUMENT_TYPES } from '../right-holders/index.ts';
import type { WorkType } from '../works/index.ts';
import type { AcquisitionMode, OwnershipMode, ServiceKind } from './kinds.ts';

export interface TemplatePerson {
  name: string;
  documentType?: (typeof DOCUMENT_TYPES)[number] | null | undefined;
  /** In full: it is the owner of the registration who downloads the document. */
  idNumber?: string | null | undefined;
  address?: string | null | undefined;
  phone?: string | null | undefined;
  /** 份额, as a percentage without its sign. */
  share?: string | undefined;
}

export interface TemplateFacts {
  title: string;
  workType: WorkType | null;
  /** Days are `2026-11-29`. */
  completedOn: string | null;
  firstPublishedOn?: string | null | undefined;
  acquisition: AcquisitionMode | null;
  ownership: OwnershipMode | null;
  serviceKind?: ServiceKind | null | undefined;
  owners: readonly TemplatePerson[];
  authors: readonly TemplatePerson[];
  applicants: readonly TemplatePerson[];
  agent?: TemplatePerson | null | undefined;
  siteName: string;
}

/** A line to write on, in a text. Such spaces never break, and cleaned names have none. */
export const BLANK = '\u00a0'.repeat(26);

const WORK_TYPES: Readonly<Record<WorkType, string>> = {
  TEXT: '文字作品',
  ORAL: '口述作品',
  MUSIC: '音乐作品',
  DRAMA: '戏剧作品',
  QUYI: '曲艺作品',
  DANCE: '舞蹈作品',
  ACROBATIC: '杂技艺术作品',
  FINE_ART: '美术作品',
  ARCHITECTURE: '建筑作品',
  PHOTO: '摄影作品',
  AV_FILM: '视听作品（电影、电视剧）',
  AV_OTHER: '视听作品（其他）',
  DESIGN_DRAWING: '工程设计图、产品设计图',
  MAP_DIAGRAM: '地图、示意图',
  MODEL: '模型作品',
  SOFTWARE: '计算机软件',
  OTHER: '其他作品',
};

const ACQUISITIONS: Readonly<Record<AcquisitionMode, string>> = {
  ORIGINAL: '原始取得',
  INHERITANCE: '继承',
  SUCCESSION: '承受',
  OTHER: '其他',
};

const OWNERSHIPS: Readonly<Record<OwnershipMode, string>> = {
  PERSONAL: '个人作品',
  JOINT: '合作作品',
  LEGAL_ENTITY: '法人作品',
  SERVICE: '职务作品',
  COMMISSIONED: '委托作品',
};

const SERVICES: Readonly<Record<ServiceKind, string>> = { GENERAL: '一般职务作品', SPECIAL: '特殊职务作品' };

type DocumentType = (typeof DOCUMENT_TYPES)[number];

const DOCUMENTS: Readonly<Record<DocumentType, string>> = {
  RESIDENT_ID: '居民身份证',
  HK_MO_TW_PERMIT: '港澳台居民居住证',
  FOREIGN_PR: '外国人永久居留身份证',
  PASSPORT: '护照',
  BUSINESS_LICENCE: '营业执照',
  INSTITUTION_CERT: '事业单位法人证书',
  SOCIAL_ORG_CERT: '社会团体法人登记证书',
};

const ORGANISATION_DOCUMENTS: readonly DocumentType[] = ['BUSINESS_LICENCE', 'INSTITUTION_CERT', 'SOCIAL_ORG_CERT'];

/** Null when the document does not say. */
export function isOrganisation({ documentType }: TemplatePerson): boolean | null {
  return documentType ? ORGANISATION_DOCUMENTS.includes(documentType) : null;
}

export function documentOf({ documentType, idNumber }: TemplatePerson): string {
  return [documentType && DOCUMENTS[documentType], idNumber].filter(Boolean).join('\n');
}

export const workTypeOf = ({ workType }: TemplateFacts): string => (workType ? WORK_TYPES[workType] : '');

export const acquisitionOf = ({ acquisition }: TemplateFacts): string => (acquisition ? ACQUISITIONS[acquisition] : '');

export function ownershipOf({ ownership, serviceKind }: TemplateFacts): string {
  if (!ownership) return '';
  return ownership === 'SERVICE' && serviceKind ? SERVICES[serviceKind] : OWNERSHIPS[ownership];
}

/** 2026年11月29日. */
export function dayOf(day: string | null | undefined): string {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  return year && month && date ? `${year}年${month}月${date}日` : '';
}

/** With the marks of a title, unless it was typed with them. */
export function titleOf({ title }: TemplateFacts): string {
  return /^《[^《》]+》$/.test(title) ? title : `《${title || BLANK}》`;
}

export const namesOf = (people: readonly TemplatePerson[]): string =>
  people.map(({ name }) => name || BLANK).join('、') || BLANK;

/** Somebody to fill in by hand, where nobody is named yet. */
export const orBlank = (people: readonly TemplatePerson[]): readonly TemplatePerson[] =>
  people.length > 0 ? people : [{ name: '' }];

/** Everybody once, though they may have several roles. */
export function everybodyOnce(people: readonly TemplatePerson[]): TemplatePerson[] {
  return people.filter((person, index) => index === people.findIndex((other) => isSamePerson(other, person)));
}

/** People of one name are told apart by their numbers. */
export const isSamePerson = (a: TemplatePerson, b: TemplatePerson): boolean =>
  a.name === b.name && (a.idNumber ?? '') === (b.idNumber ?? '');
