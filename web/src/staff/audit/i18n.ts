// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '审计记录',
  lead: '每条记录都与之前所有记录的摘要相连，不能更改或删除。时间为北京时间。',
  head: '最新记录：第 {seq} 条，{time}',
  digest: '摘要',
  verify: '核对整条记录链',
  whole: '{rows} 条记录全部连续、未被更改。最后一条的摘要：',
  broken: '第 {seq} 条缺失、被更改或次序不对；之前的 {rows} 条完好，其最后摘要：',
  actor: '操作人',
  action: '操作',
  subject: '对象',
  from: '自',
  to: '至（不含）',
  hint: '填写完整的名称，如 ID1001、system、account.grant-role。',
  filter: '筛选',
  clear: '清除筛选',
  none: '没有符合条件的记录。',
  column: { seq: '序号', at: '时间', actor: '操作人', action: '操作', subject: '对象', detail: '内容' },
  next: '下一页',
  first: '回到第一页',
  export: '导出',
  exports: { csv: '导出 CSV', jsonl: '导出 JSONL' },
  exportLead: '导出符合筛选条件的全部记录。导出本身也记入审计。',
};

const en: typeof zh = {
  title: 'Audit log',
  lead: 'Each row is chained to the digest of all rows before it; none can be changed or deleted. Times are Beijing time.',
  head: 'Newest row: no. {seq}, {time}',
  digest: 'Digest',
  verify: 'Verify the whole chain',
  whole: 'All {rows} rows are in place and unchanged. Digest of the last one:',
  broken:
    'Row {seq} is missing, changed or out of place. The {rows} rows before it are sound; digest of their last one:',
  actor: 'Actor',
  action: 'Action',
  subject: 'Subject',
  from: 'From',
  to: 'To (not including)',
  hint: 'Give whole names, such as ID1001, system, account.grant-role.',
  filter: 'Filter',
  clear: 'Clear filters',
  none: 'No row matches.',
  column: { seq: 'No.', at: 'Time', actor: 'Actor', action: 'Action', subject: 'Subject', detail: 'Detail' },
  next: 'Next page',
  first: 'Back to the first page',
  export: 'Export',
  exports: { csv: 'Export CSV', jsonl: 'Export JSONL' },
  exportLead: 'Exports all rows that match the filters. The export itself goes into the audit log.',
};

export const useAuditText = () => useText({ zh, en });
