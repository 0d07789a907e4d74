// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '挂起的任务',
  lead: '这些任务多次失败，系统已停止自动重试。其他任务不受影响。请先排除原因，再重新执行。',
  noticeCount: '有 {count} 个任务多次失败，已挂起，需要处理。',
  noticeLink: '查看挂起的任务',
  back: '返回工作台',
  none: '没有挂起的任务。任务多次失败后会出现在这里。',
  more: '共 {total} 个，这里显示最早的 {shown} 个。处理后会显示其余的任务。',
  column: {
    topic: '任务',
    order: '确权存证编号',
    attempts: '失败次数',
    error: '最后一次错误',
    parkedAt: '挂起时间',
    action: '操作',
  },
  noOrder: '与订单无关',
  topics: {
    'submission-entry': '提交内容写入区块链',
    'rights-event-entry': '权利变动记录写入区块链',
    'attestation-entry': '存证内容写入区块链',
    'final-entry': '登记上链结果',
    certificate: '生成证书',
    revocation: '撤销证书',
    'payment-close': '关闭支付单',
    'payment-refund': '退款',
    'upload-complete': '保存上传的文件',
    'upload-tidy': '清理上传的文件',
    sms: '发送短信',
  },
  errors: {
    'process-ended': '执行时服务进程意外退出。',
    'stored-object-damaged': '保存的文件缺失或已损坏。',
  },
  programError: '程序出错（{code}）。详情见服务日志。',
  noError: '没有记录到错误。',
  retry: '重新执行',
  discard: '放弃',
  actionOn: '{action}：{topic} {order}',
  ask: {
    retry: { title: '重新执行“{topic}”？', lead: '失败次数会清零，任务马上重新执行。如果原因还在，任务会再次挂起。' },
    discard: {
      title: '放弃“{topic}”？',
      lead: '任务不会再执行，不能恢复；等待它的订单会停在当前状态。此操作记入审计。',
    },
  },
  yes: { retry: '确认重新执行', discard: '确认放弃' },
  no: '取消',
  done: { retry: '已重新执行“{topic}”。', discard: '已放弃“{topic}”。' },
};

const en: typeof zh = {
  title: 'Parked tasks',
  lead: 'These tasks failed repeatedly, so they are no longer retried automatically. Other tasks are not affected. Fix the cause first, then run them again.',
  noticeCount: 'Tasks that failed repeatedly and need attention: {count}.',
  noticeLink: 'Show parked tasks',
  back: 'Back to the desk',
  none: 'No parked tasks. Tasks that fail repeatedly appear here.',
  more: '{total} tasks in total; these are the oldest {shown}. The others appear once you have handled these.',
  column: {
    topic: 'Task',
    order: 'Order number',
    attempts: 'Failures',
    error: 'Last error',
    parkedAt: 'Parked at',
    action: 'Actions',
  },
  noOrder: 'No order',
  topics: {
    'submission-entry': 'Put a submission on chain',
    'rights-event-entry': 'Put a record of a change of rights on chain',
    'attestation-entry': 'Put an attestation on chain',
    'final-entry': 'Record an anchored entry',
    certificate: 'Issue a certificate',
    revocation: 'Revoke a certificate',
    'payment-close': 'Close a payment',
    'payment-refund': 'Refund a payment',
    'upload-complete': 'Store an uploaded file',
    'upload-tidy': 'Tidy up after an upload',
    sms: 'Send a text message',
  },
  errors: {
    'process-ended': 'The service process exited while the task was running.',
    'stored-object-damaged': 'A stored file is missing or damaged.',
  },
  programError: 'Program error ({code}). The service log has the details.',
  noError: 'No error was recorded.',
  retry: 'Run again',
  discard: 'Discard',
  actionOn: '{action}: {topic} {order}',
  ask: {
    retry: {
      title: 'Run “{topic}” again?',
      lead: 'The failure count is reset and the task starts at once. If the cause remains, it will be parked again.',
    },
    discard: {
      title: 'Discard “{topic}”?',
      lead: 'The task will not run again and cannot be restored; an order that waits for it stays in its current state. This is recorded in the audit log.',
    },
  },
  yes: { retry: 'Yes, run again', discard: 'Yes, discard' },
  no: 'Cancel',
  done: { retry: 'Running “{topic}” again.', discard: 'Discarded “{topic}”.' },
};

export const useParkedWorkText = () => useText({ zh, en });
