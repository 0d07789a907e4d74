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

/** A code that has no words yet is printed as it is, never left out. */
export function wordsOf(list: Readonly<Record<string, Words>>, code: string): Words {
  return list[code] ?? { zh: code, en: code };
}
