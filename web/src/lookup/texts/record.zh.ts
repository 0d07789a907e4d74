// SPDX-License-Identifier: Apache-2.0
// 证书记载的名目与取值。
export interface RecordTexts {
  labels: Record<RecordLabel, string>;
  workTypes: Record<string, string>;
  creationNatures: Record<string, string>;
  acquisitions: Record<string, string>;
  permanent: string;
}

export type RecordLabel =
  | 'title'
  | 'workType'
  | 'creationNature'
  | 'acquisition'
  | 'term'
  | 'depositor'
  | 'author'
  | 'completedOn'
  | 'tags'
  | 'orderNumber'
  | 'submission';

export const recordZh: RecordTexts = {
  labels: {
    title: '作品名称',
    workType: '作品类型',
    creationNature: '创作性质',
    acquisition: '权利获取',
    term: '有效期限',
    depositor: '存证人',
    author: '作者',
    completedOn: '完成时间',
    tags: '作品标签',
    orderNumber: '确权存证编号',
    submission: '提交记录',
  },
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
  acquisitions: { ORIGINAL: '原始', DERIVATIVE: '继受' },
  permanent: '永久',
};
