// The sentences of the command line of an audit; those of its report stand with the report.
import type { StageName } from '../../src/audit/index.ts';
import type { Language } from '../arguments.ts';
import type { AuditInputCode } from './audit-input-error.ts';

export interface AuditMessages {
  readonly help: string;
  /** `{}` stands for the path, option or answer. */
  readonly inputs: Readonly<Record<AuditInputCode, string>>;
  /** `{done}` and, of the first two, `{total}`. */
  readonly progress: Readonly<Record<StageName, string>>;
}

const chinese: AuditMessages = {
  help: `inkseal-audit [文件或文件夹]... --trust <信任文件> --rpc <节点网址> [选项]

自登记合约的首个区块起，读取全部批次，并把交来的证明、证书、证据包和受理回执逐一与链上登记及时间戳见证核对。
除所给节点外，不连接任何网络；节点的答复须有受信任验证者的签章方予采信。

  --trust <文件>      您自己的信任文件
  --rpc <网址>        一个可读取的节点（需支持 eth_getLogs 和 eth_getProof）
  --registry <地址>   信任文件在该链上列有多个登记合约时，指明其一
  --sample <件数>     只抽查交来内容中的若干件；批次始终全部核对
  --seed <文字>       抽样种子：同一种子抽出同样的件
  --state <文件>      随时保存进度；中断后以同一文件再次运行，接着核对
  --report <文件>     把报告写成 JSON
  --page <文件>       把报告写成可打印的网页（中英文）
  --json              在屏幕上输出 JSON
  --quiet             不显示进度
  --lang <en|zh>      输出语言
  --help              显示本说明

退出码：0 未发现问题；1 发现问题；2 无法判断（输入无法使用，或节点未作答）。`,
  inputs: {
    'needs-trust': '请用 --trust 给出您的信任文件；用法见 --help',
    'needs-rpc': '请用 --rpc 给出一个节点；用法见 --help',
    'trust-unusable': '信任文件不可用：{}',
    'chain-not-trusted': '信任文件没有列明该节点所在的链：{}',
    'registry-not-named': '信任文件在该链上列有多个登记合约，或没有所指的一个；请用 --registry 指明：{}',
    'no-sample': '不是件数：{}；应为 1 至 999999',
    'seed-without-sample': '--seed 须与 --sample 同用',
    'no-state': '不是审计的进度文件：{}',
    'state-of-another': '进度文件属于另一次审计，或其间内容已变：{}',
    'cannot-write': '无法写入 {}',
    'node-failed': '节点未给出可用的答复：{}',
    'registry-not-proven': '节点给出的登记合约状态不成立，无从审计：{}',
  },
  progress: {
    log: '读取事件：区块 {done} / {total}',
    batches: '核对批次：{done} / {total}',
    items: '核对文件：{done}',
    ledger: '核对账本的批次：{done}',
    receipts: '核对受理回执：{done}',
    certificates: '核对证书：{done}',
    manifests: '核对存证清单：{done}',
    originals: '核对原件：{done}',
    'audit-log': '核对审计日志：{done}',
  },
};

const english: AuditMessages = {
  help: `inkseal-audit [file or folder]... --trust <file> --rpc <address of a node> [options]

Reads every batch from the registry's first block on, and compares each proof, certificate, package and acceptance receipt that
you pass with the chain and with its time stamps. Opens no connection but to the node you name, and believes its answers only
where validators that you trust sealed them.

  --trust <file>       your own trust file
  --rpc <address>      a node that you can read (eth_getLogs, eth_getProof)
  --registry <0x…>     which registry, where the trust file names several on this chain
  --sample <n>         audit only n of the files; the batches are always audited in full
  --seed <text>        of the sample: the same seed draws the same files
  --state <file>       keep the progress: after an interruption, run again with the same file to go on
  --report <file>      write the report as JSON
  --page <file>        write the report as a page to print, in Chinese and English
  --json               print the JSON
  --quiet              print no progress
  --lang <en|zh>       language of the output
  --help               this text

Exit codes: 0 no fault found; 1 faults found; 2 could not decide (unusable input, or the node did not answer).`,
  inputs: {
    'needs-trust': 'pass your trust file with --trust (see --help)',
    'needs-rpc': 'pass a node with --rpc (see --help)',
    'trust-unusable': 'the trust file cannot be used: {}',
    'chain-not-trusted': "the trust file does not name the node's chain: {}",
    'registry-not-named':
      'the trust file names several registries on this chain, or not the one you want; choose with --registry: {}',
    'no-sample': 'invalid size of a sample "{}" (1 to 999999)',
    'seed-without-sample': '--seed goes with --sample',
    'no-state': 'not the saved progress of an audit: {}',
    'state-of-another': 'the saved progress is of another audit, or something changed since: {}',
    'cannot-write': 'cannot write {}',
    'node-failed': 'the node gave no usable answer: {}',
    'registry-not-proven': "the node's state of the registry does not hold, so nothing can be audited: {}",
  },
  progress: {
    log: 'reading events: block {done} of {total}',
    batches: 'auditing batches: {done} of {total}',
    items: 'auditing files: {done}',
    ledger: "auditing the ledger's batches: {done}",
    receipts: 'auditing receipts: {done}',
    certificates: 'auditing certificates: {done}',
    manifests: 'auditing manifests: {done}',
    originals: 'auditing originals: {done}',
    'audit-log': 'auditing the audit log: {done}',
  },
};

export const auditMessages = (language: Language): AuditMessages => (language === 'zh' ? chinese : english);
