// SPDX-License-Identifier: Apache-2.0
// What works and rights are called, in every part of the site. The order is that of the lists people choose from.
export const namesZh = {
  workTypes: {
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
  },
  creationNatures: {
    ORIGINAL: '原创',
    ADAPTATION: '改编',
    TRANSLATION: '翻译',
    COMPILATION: '汇编',
    ANNOTATION: '注释',
    ARRANGEMENT: '整理',
    OTHER: '其他',
  },
  categories: { DESIGN: '设计作品', FINE_ART: '美术作品', MUSIC: '音乐作品' },
  /** Why a public work should not be shown. */
  grounds: {
    COPYRIGHT: '侵犯著作权',
    PRIVACY: '侵犯隐私或肖像',
    UNLAWFUL: '违法或不良信息',
    MISLEADING: '内容不实或误导',
    UNCLEAR: '内容不清楚、不完整',
    OTHER: '其他',
  },
  acquisitions: { ORIGINAL: '原始', DERIVATIVE: '继受' },
};
