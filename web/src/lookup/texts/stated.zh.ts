// SPDX-License-Identifier: Apache-2.0
// 还没有证书的编号：本站陈述的状态。
import type { StatedOutcome } from '../outcome.ts';

export interface StatedTexts {
  lead: Record<StatedOutcome, string>;
  /** Of an entry that no order of ours belongs to. */
  entryLead: string;
  typedOrder: string;
  step: string;
  /** As the portal names them. */
  steps: Record<string, string>;
  receivedAt: string;
}

export const statedZh: StatedTexts = {
  lead: {
    pending: '证书尚未签发。',
    returned: '审核已把这次提交退回修改，现在没有证书。申请人修改后可以重新提交。',
    rejected: '审核没有通过，没有签发证书。这个编号只说明曾经提交过。',
    withdrawn: '这次提交退回后没有在期限内修改，申请已经终止，没有签发证书。',
  },
  entryLead: '存证已收到，尚未最终写入区块链。此状态由本站陈述，写入后可在这里独立核验。',
  typedOrder: '您输入的是确权存证编号，此状态由本站陈述。',
  step: '最近一步',
  steps: {
    received: '已收到',
    sequenced: '已编号',
    anchored: '已上链，等待最终确认',
    'under-review': '审核中',
    approved: '审核通过，正在写入区块链',
  },
  receivedAt: '接收时间',
};
