// SPDX-License-Identifier: Apache-2.0
// 证书记载的名目与取值。
import { namesZh } from '../../i18n/names.zh.ts';

export interface RecordTexts {
  labels: Record<RecordLabel, string>;
  workTypes: Record<string, string>;
  creationNatures: Record<string, string>;
  acquisitions: Record<string, string>;
  acquisitionModes: Record<string, string>;
  ownerships: Record<string, string>;
  serviceKinds: Record<string, string>;
  rights: Record<string, string>;
  allRights: string;
  unpublished: string;
  /** Between rights. */
  comma: string;
  permanent: string;
  /** The earliest time at which an outside party had seen the batch. */
  witnessed: string;
  /** Of a depositor or owner, where the full names are. */
  share: string;
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
  | 'registrationNumber'
  | 'registeredOn'
  | 'owner'
  | 'applicant'
  | 'agent'
  | 'publication'
  | 'acquisitionMode'
  | 'ownership'
  | 'rights'
  | 'recordNumber'
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
    registrationNumber: '作品登记号',
    registeredOn: '登记日期',
    owner: '著作权人',
    applicant: '申请人',
    agent: '代理人',
    publication: '首次发表',
    acquisitionMode: '权利取得方式',
    ownership: '权利归属方式',
    rights: '权利拥有状况',
    recordNumber: '版权登记编号',
    orderNumber: '确权存证编号',
    submission: '提交记录',
  },
  ...namesZh,
  serviceKinds: { GENERAL: '一般职务作品', SPECIAL: '特殊职务作品' },
  allRights: '全部',
  unpublished: '未发表',
  comma: '、',
  permanent: '永久',
  share: '份额 {percent}%',
  witnessed: '外部见证不晚于',
  detailed: '{name}（{detail}）',
};
