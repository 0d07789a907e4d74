// SPDX-License-Identifier: Apache-2.0
// 证书记载的名目与取值。
import { namesZh } from '../../i18n/names.zh.ts';

export interface RecordTexts {
  labels: Record<RecordLabel, string>;
  workTypes: Record<string, string>;
  creationNatures: Record<string, string>;
  acquisitions: Record<string, string>;
  permanent: string;
  /** A name with what is known beside it. */
  detailed: string;
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
  ...namesZh,
  permanent: '永久',
  detailed: '{name}（{detail}）',
};
