// SPDX-License-Identifier: Apache-2.0
// 逐项核验的句子。花括号里的值来自核验报告本身。
import type { CheckCode, CheckName, NotRunReason, ReadingCode, TrustCode } from '@inkseal/verifier';
import type { Question } from '../questions.ts';

export interface CheckTexts {
  questions: Record<Question, string>;
  names: Record<CheckName, string>;
  passed: Record<CheckName, string>;
  failed: Record<CheckCode, string>;
  /** Why it did not run, and whether that changes the conclusion. */
  notRun: Record<NotRunReason, { why: string; effect: string }>;
  unreadable: Record<ReadingCode | TrustCode, string>;
}

export const checksZh: CheckTexts = {
  questions: {
    file: '文件是否原样？',
    record: '存证记录是否在册？',
    block: '区块是否真实？',
    time: '时间与状态如何？',
  },
  names: {
    file: '文件摘要',
    sections: '内容分节',
    manifest: '清单摘要',
    statement: '存证声明',
    inclusion: '批次归属',
    'batch-slot': '批次登记',
    'next-number': '下一编号',
    account: '合约账户',
    header: '区块头',
    seals: '验证者签名',
    'not-before': '起始区块',
    'time-order': '时间先后',
    status: '证书状态',
    witnesses: '外部见证',
  },
  passed: {
    file: '您选择的{names}与存证时逐字节相同（共 {listed} 个，本次核对了 {compared} 个）。',
    sections: '清单列出 {sections} 节，本次出示的 {disclosed} 节都未被改动。',
    manifest: '存证清单与存证声明所载的摘要一致。',
    statement: '信任文件列有这条链（{chainId}）和这个存证合约。',
    inclusion: '这份声明是第 {batch} 批 {count} 条记录中的第 {place} 条。',
    'batch-slot': '第 {batch} 批的汇总值已写入存证合约。',
    'next-number': '截至区块 {block}，合约中下一个编号是 {next}，没有超过 {number}。',
    account: '存证合约的代码与信任文件所列的一致，数据属于区块 {block}。',
    header: '区块 {block} 的区块头完整，时间为 {blockTime}。',
    seals: '{validators} 名验证者中有 {sealed} 名签名，至少需要 {quorum} 名。',
    'not-before': '声明引用了区块 {startBlock} 的哈希，所以不会早于这个区块。',
    'time-order': '不早于 {notBefore}，不晚于 {anchoredAt}（区块 {block}）。',
    status: '截至区块 {statusBlock}（{statusTime}），此编号未被撤销。',
    witnesses: '外部见证方已联署。',
  },
  failed: {
    'files-not-disclosed': '证明文件没有列出作品文件，无法与您的文件比对',
    'file-mismatch': '您选择的文件不是存证时的任何一个文件',
    'section-unlisted': '有一节内容不在存证清单里',
    'section-mismatch': '有一节内容与存证清单所载的摘要不同',
    'manifest-mismatch': '存证清单与存证声明所载的摘要不同',
    'manifest-sm3-mismatch': '存证清单的国密 SM3 摘要与声明所载的不同',
    'chain-unknown': '信任文件没有列出这条链（{chainId}）',
    'registry-unknown': '信任文件没有列出这个存证合约',
    'number-retired': '这个存证合约在此编号之前已停用',
    'count-mismatch': '归属路径属于另一个批次大小',
    'index-out-of-range': '批次里没有这个位置',
    'number-mismatch': '批次里这个位置属于另一个编号',
    'path-length': '归属路径的长度与位置不符',
    'root-mismatch': '由声明算出的汇总值与批次的不同，声明不在这个批次里',
    'state-proof-invalid': '链上数据的证明不成立',
    'batch-absent': '存证合约中没有这个批次',
    'batch-mismatch': '存证合约所载的批次内容不同',
    'account-absent': '这个地址上没有合约',
    'code-mismatch': '合约的代码与信任文件所列的不同',
    'header-malformed': '区块头无法读取',
    'header-before-registry': '区块早于存证合约',
    'node-chain-mismatch': '您的节点属于另一条链',
    'header-not-on-chain': '您的节点上没有这个区块',
    'validator-set-unknown': '信任文件没有列出这个区块的验证者',
    'validator-set-mismatch': '区块所列的验证者与信任文件不同',
    'seal-invalid': '有签名不属于可信验证者，或者重复',
    'seals-insufficient': '可信验证者的签名不足法定数量',
    'not-before-block-mismatch': '声明引用的区块号与所附区块头不同',
    'not-before-hash-mismatch': '声明引用的区块哈希与所附区块头不同',
    'blocks-out-of-order': '声明引用的区块不早于写入的区块',
    'times-out-of-order': '几个时间互相矛盾',
    'received-after-anchor': '所称的接收时间晚于上链时间',
    'status-before-anchor': '状态所在的区块早于上链的区块',
    revoked: '此编号已被撤销（{revocation}）',
    'status-stale': '状态早于您要求的时间',
    'status-missing': '您要求查看状态，而证明文件里没有',
    'registry-uninitialised': '存证合约里没有下一编号',
    'number-issued': '此编号已经签发，或小于本登记合约的起始编号',
  },
  notRun: {
    'no-file': { why: '没有选择文件', effect: '结论只针对存证记录，不针对任何文件。' },
    'no-sections': { why: '没有出示内容', effect: '结论只针对编号与时间，内容未显示。' },
    'no-manifest': { why: '没有出示存证清单', effect: '结论只针对编号与时间，内容未显示。' },
    'no-trust-file': { why: '没有可用的信任文件', effect: '缺少这一项，不能作出“与区块链一致”的结论。' },
    'earlier-failed': { why: '所依据的另一项没有结果', effect: '结论以未通过的那一项为准。' },
    'node-unreachable': { why: '节点没有应答', effect: '缺少这一项，不能作出“与区块链一致”的结论。' },
    'consensus-none': { why: '这条链没有验证者签名（开发链）', effect: '没有签名，不能说区块已经独立核验。' },
    'no-status': { why: '证明文件没有状态', effect: '不知道此编号后来是否被撤销。' },
    'no-witnesses': { why: '这张证书没有附第三方时间戳', effect: '不影响以上结论，但少一份独立的旁证。' },
    'witness-unsupported': { why: '本版本不判断所附的时间戳', effect: '不影响以上结论；可用其他工具另行核验。' },
  },
  unreadable: {
    'too-large': '文件超过 1 MiB，不是证明文件。',
    'not-json': '文件不是证明文件的格式。',
    'too-deep': '文件嵌套过深，不是证明文件的格式。',
    'not-canonical': '文件被改动或重新保存过，不再是签发时的字节。',
    'unknown-media-type': '不是本页所认识的证明文件版本。',
    malformed: '文件缺少必要内容，或含有规则不允许的内容。',
    'trust-too-large': '信任文件超过 1 MiB。',
    'trust-not-json': '信任文件不是 JSON。',
    'trust-too-deep': '信任文件嵌套过深。',
    'trust-malformed': '信任文件缺少必要内容，或含有规则不允许的内容。',
  },
};
