// SPDX-License-Identifier: Apache-2.0
// 受理回执核验的句子，用词与核验程序一致。
import type { ReceiptCheckName, ReceiptCode, ReceiptReason, ReceiptVerdict } from '@inkseal/verifier/receipts';

export type ReceiptHeadline = ReceiptVerdict | 'kept-late';
type OwnCheck = Exclude<ReceiptCheckName, 'statement'>;

export interface ReceiptTexts {
  kind: string;
  titles: Record<ReceiptHeadline, string>;
  leads: Record<ReceiptHeadline, string>;
  marks: Record<ReceiptHeadline, string>;
  names: Record<OwnCheck, string>;
  passed: Record<OwnCheck, string>;
  failed: Record<ReceiptCode, string>;
  reasons: Record<ReceiptReason, string>;
  proofFrom: Record<'visitor' | 'portal' | 'none', string>;
  number: string;
  of: string;
  digest: string;
  receivedAt: string;
  anchorBy: string;
  anchoredAt: string;
  key: string;
  checks: string;
  proof: string;
}

export const receiptZh: ReceiptTexts = {
  kind: '受理回执',
  titles: {
    kept: '已履行：该编号已上链，内容与受理回执一致',
    'kept-late': '已履行，但逾期：该编号上链晚于承诺的时间',
    pending: '尚未到期：该编号最迟应于 {time} 上链',
    due: '已到期：该编号应已于 {time} 前上链',
    broken: '未履行：受理回执的承诺没有兑现',
    consistent: '未核验：没有信任文件列明该密钥',
    'not-verified': '核验未通过',
    undecided: '无法判断',
  },
  leads: {
    kept: '受理方签名承诺的内容，已经按时写入区块链。',
    'kept-late': '内容已经写入区块链，但晚于受理方签名承诺的时间。',
    pending: '受理方已签名承诺。到期后再来核对，就知道承诺是否兑现。',
    due: '手头的证明还不能说明承诺是否兑现。',
    broken: '请保存好这份回执和这次核对的证明：任何人都能据此核对。',
    consistent: '签名成立，但任何人都能自己造一个密钥来签名。请选择您信任的信任文件。',
    'not-verified': '这不是信任文件所列受理方签出的回执，请勿采信。',
    undecided: '信任文件不可用。请换一份后再核对。',
  },
  marks: {
    kept: '已履行',
    'kept-late': '逾期履行',
    pending: '未到期',
    due: '已到期',
    broken: '未履行',
    consistent: '未核验',
    'not-verified': '未通过',
    undecided: '无法判断',
  },
  names: { 'receipt-key': '密钥', 'receipt-signature': '签名', 'receipt-time': '时间', promise: '承诺' },
  passed: {
    'receipt-key': '信任文件列有该密钥，且当时有效。',
    'receipt-signature': '受理回执由该密钥签名。',
    'receipt-time': '受理回执的时间不晚于现在。',
    promise: '该编号已上链，摘要与受理回执一致。',
  },
  failed: {
    'receipt-key-unknown': '信任文件没有列出该密钥',
    'receipt-key-not-valid': '受理时该密钥不在有效期内',
    'receipt-signature-invalid': '签名不成立',
    'receipt-in-future': '受理回执的时间晚于本机时钟；如时钟无误，则回执不实',
    'promise-number-absent': '承诺时间之后的区块上，登记合约仍未签发该编号',
    'promise-content-differs': '该编号已上链，但摘要或类型不同',
  },
  reasons: {
    'promise-not-due': '未到承诺的时间',
    'promise-without-proof': '没有得到该编号的证明，可以选择它的证明文件',
    'proof-not-verified': '得到的证明未经独立核验，不能据此下结论',
    'proof-unrelated': '得到的证明属于其他编号或登记合约',
    'absence-too-early': '未签发证明所在的区块不晚于承诺的时间',
  },
  proofFrom: { visitor: '您提供的文件', portal: '由本站提供，在您的浏览器内核验', none: '没有得到' },
  number: '编号',
  of: '受理内容',
  digest: '清单摘要（SHA-256）',
  receivedAt: '受理时间（运营方自述）',
  anchorBy: '承诺上链时间',
  anchoredAt: '上链时间',
  key: '密钥',
  checks: '逐项核验',
  proof: '该编号的证明',
};
