// The sentences about acceptance receipts, in each language.
import type { ReceiptCheckName, ReceiptCode, ReceiptReason, ReceiptVerdict } from '../src/receipts/index.ts';

type Sentences = { readonly title: string; readonly shows: string };

export interface ReceiptMessages {
  readonly headlines: Readonly<Record<ReceiptVerdict | 'kept-late', string>>;
  /** `statement` has the words of a proof's. */
  readonly checks: Readonly<Record<Exclude<ReceiptCheckName, 'statement'>, Sentences>>;
  readonly codes: Readonly<Record<ReceiptCode, string>>;
  readonly reasons: Readonly<Record<ReceiptReason, string>>;
  readonly labels: Readonly<Record<'received' | 'anchor-by' | 'anchored' | 'key', string>>;
}

export const englishReceipts: ReceiptMessages = {
  headlines: {
    kept: 'KEPT: the number is on the chain, with what the receipt promised',
    'kept-late': 'KEPT, BUT LATE: the number is on the chain, later than the receipt promised',
    pending: 'PENDING: the number need not be on the chain before {time}',
    due: 'DUE: the number should have been on the chain by {time}; pass its proof, or a proof that it was not issued, with --proof',
    broken: 'BROKEN: the promise of this receipt was not kept',
    consistent: 'NOT VERIFIED: the signature fits, but no trust file names the key',
    'not-verified': 'NOT VERIFIED',
    undecided: 'UNDECIDED: the trust file cannot be used',
  },
  checks: {
    'receipt-key': { title: 'key', shows: 'your trust file names this key for that time' },
    'receipt-signature': { title: 'signature', shows: 'the key signed this receipt' },
    'receipt-time': { title: 'time', shows: 'the receipt is not later than now' },
    promise: { title: 'promise', shows: 'the number is on the chain, with the digest of the receipt' },
  },
  codes: {
    'receipt-key-unknown': 'your trust file does not name the key',
    'receipt-key-not-valid': 'the key was not valid when the entry was received',
    'receipt-signature-invalid': 'the key did not sign this receipt',
    'receipt-in-future':
      'the receipt is later than the clock of this machine: if the clock is right, the receipt is false',
    'promise-number-absent': 'the registry had not issued the number at a block after the promised time',
    'promise-content-differs': 'the number is on the chain with another digest or kind',
  },
  reasons: {
    'promise-not-due': 'the promised time has not passed',
    'promise-without-proof': 'no proof was passed: use --proof',
    'proof-not-verified': 'the proof that you passed is not verified',
    'proof-unrelated': 'the proof that you passed is about another number or registry',
    'absence-too-early': 'the proof of absence is of a block that is not later than the promised time',
  },
  labels: {
    received: 'received (as stated)',
    'anchor-by': 'promised by',
    anchored: 'on the chain since',
    key: 'key',
  },
};

export const chineseReceipts: ReceiptMessages = {
  headlines: {
    kept: '已履行：该编号已上链，内容与受理回执一致',
    'kept-late': '已履行，但逾期：该编号已上链，晚于受理回执承诺的时间',
    pending: '尚未到期：该编号最迟应于 {time} 上链',
    due: '已到期：该编号应已于 {time} 前上链；请用 --proof 提交其证明文件或未签发证明',
    broken: '未履行：受理回执的承诺没有兑现',
    consistent: '未核验：签名成立，但没有信任文件列明该密钥',
    'not-verified': '核验未通过',
    undecided: '无法判断：信任文件不可用',
  },
  checks: {
    'receipt-key': { title: '密钥', shows: '信任文件列有该密钥，且当时有效' },
    'receipt-signature': { title: '签名', shows: '受理回执由该密钥签名' },
    'receipt-time': { title: '时间', shows: '受理回执的时间不晚于现在' },
    promise: { title: '承诺', shows: '该编号已上链，摘要与受理回执一致' },
  },
  codes: {
    'receipt-key-unknown': '信任文件没有列出该密钥',
    'receipt-key-not-valid': '受理时该密钥不在有效期内',
    'receipt-signature-invalid': '签名不成立',
    'receipt-in-future': '受理回执的时间晚于本机时钟；如时钟无误，则回执不实',
    'promise-number-absent': '承诺时间之后的区块上，登记合约仍未签发该编号',
    'promise-content-differs': '该编号已上链，但摘要或类型不同',
  },
  reasons: {
    'promise-not-due': '未到承诺的时间',
    'promise-without-proof': '没有提交证明文件：请用 --proof',
    'proof-not-verified': '所提交的证明未核验通过',
    'proof-unrelated': '所提交的证明属于其他编号或登记合约',
    'absence-too-early': '未签发证明所在区块不晚于承诺的时间',
  },
  labels: {
    received: '受理时间（运营方自述）',
    'anchor-by': '承诺上链时间',
    anchored: '上链时间',
    key: '密钥',
  },
};
