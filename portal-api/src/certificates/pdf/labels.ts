// SPDX-License-Identifier: Apache-2.0
// Words for the codes that a certificate prints, Chinese first.

export interface Words {
  zh: string;
  en: string;
}

export const WORK_TYPE_WORDS: Readonly<Record<string, Words>> = {
  TEXT: { zh: '文字作品', en: 'Written work' },
  ORAL: { zh: '口述作品', en: 'Oral work' },
  MUSIC: { zh: '音乐作品', en: 'Musical work' },
  DRAMA: { zh: '戏剧作品', en: 'Dramatic work' },
  QUYI: { zh: '曲艺作品', en: 'Quyi' },
  DANCE: { zh: '舞蹈作品', en: 'Choreographic work' },
  ACROBATIC: { zh: '杂技艺术作品', en: 'Acrobatic work' },
  FINE_ART: { zh: '美术作品', en: 'Fine art' },
  ARCHITECTURE: { zh: '建筑作品', en: 'Architectural work' },
  PHOTO: { zh: '摄影作品', en: 'Photographic work' },
  AV_FILM: { zh: '视听作品（电影、电视剧）', en: 'Audiovisual work (film, series)' },
  AV_OTHER: { zh: '视听作品（其他）', en: 'Audiovisual work (other)' },
  DESIGN_DRAWING: { zh: '工程设计图、产品设计图', en: 'Engineering or product drawings' },
  MAP_DIAGRAM: { zh: '地图、示意图', en: 'Map or diagram' },
  MODEL: { zh: '模型作品', en: 'Model' },
  SOFTWARE: { zh: '计算机软件', en: 'Software' },
  OTHER: { zh: '其他作品', en: 'Other work' },
};

export const CREATION_WORDS: Readonly<Record<string, Words>> = {
  ORIGINAL: { zh: '原创', en: 'Original' },
  ADAPTATION: { zh: '改编', en: 'Adaptation' },
  TRANSLATION: { zh: '翻译', en: 'Translation' },
  COMPILATION: { zh: '汇编', en: 'Compilation' },
  ANNOTATION: { zh: '注释', en: 'Annotation' },
  ARRANGEMENT: { zh: '整理', en: 'Arrangement' },
  OTHER: { zh: '其他', en: 'Other' },
};

export const ACQUISITION_WORDS: Readonly<Record<string, Words>> = {
  ORIGINAL: { zh: '原始', en: 'Original acquisition' },
  INHERITANCE: { zh: '继承', en: 'Inheritance' },
  SUCCESSION: { zh: '承受', en: 'Succession of organisations' },
  OTHER: { zh: '其他', en: 'Other' },
};

export const OWNERSHIP_WORDS: Readonly<Record<string, Words>> = {
  PERSONAL: { zh: '个人作品', en: 'Work of an individual' },
  JOINT: { zh: '合作作品', en: 'Joint work' },
  LEGAL_ENTITY: { zh: '法人作品', en: 'Work of a legal entity' },
  SERVICE: { zh: '职务作品', en: 'Work of an employee' },
  COMMISSIONED: { zh: '委托作品', en: 'Commissioned work' },
};

export const SERVICE_WORDS: Readonly<Record<string, Words>> = {
  GENERAL: { zh: '一般职务作品', en: 'owned by its author' },
  SPECIAL: { zh: '特殊职务作品', en: 'owned by the employer' },
};

/** Article 10 of the Copyright Law, in its order. */
export const RIGHT_WORDS: Readonly<Record<string, Words>> = {
  R01: { zh: '发表权', en: 'publication' },
  R02: { zh: '署名权', en: 'attribution' },
  R03: { zh: '修改权', en: 'alteration' },
  R04: { zh: '保护作品完整权', en: 'integrity' },
  R05: { zh: '复制权', en: 'reproduction' },
  R06: { zh: '发行权', en: 'distribution' },
  R07: { zh: '出租权', en: 'rental' },
  R08: { zh: '展览权', en: 'exhibition' },
  R09: { zh: '表演权', en: 'performance' },
  R10: { zh: '放映权', en: 'screening' },
  R11: { zh: '广播权', en: 'broadcasting' },
  R12: { zh: '信息网络传播权', en: 'communication over networks' },
  R13: { zh: '摄制权', en: 'cinematographic adaptation' },
  R14: { zh: '改编权', en: 'adaptation' },
  R15: { zh: '翻译权', en: 'translation' },
  R16: { zh: '汇编权', en: 'compilation' },
  R17: { zh: '其他', en: 'other' },
};

/** A code that has no words yet is printed as it is, never left out. */
export function wordsOf(list: Readonly<Record<string, Words>>, code: string): Words {
  return list[code] ?? { zh: code, en: code };
}
