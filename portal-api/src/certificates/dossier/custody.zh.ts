// SPDX-License-Identifier: Apache-2.0
// 保管情况说明：文件怎样到达、怎样存放、谁接触过、怎样交出。时间取自平台的记录。
import { beijingTime } from '@inkseal/verifier';
import { boundLines } from './bound-lines.ts';
import { keptFiles, malwareScanOf } from './custody-files.ts';
import type { DossierFacts } from './dossier-facts.ts';
import { quoted, tableOf } from './table.ts';

const STORES = { 'blocks-on-disk': '平台自己磁盘上的内容寻址块存储', kubo: 'IPFS（Kubo）节点', s3: 'S3 对象存储' };

export function chineseCustody(facts: DossierFacts): string {
  const { environment, facts: content, issuedAt } = facts;
  return `# 保管情况说明

证书编号 ${content.number}。运营者：${quoted(environment.operator.name.zh)}。以下均为平台陈述；能由证明文件核对的，另有注明。时间均为北京时间（UTC+8）。

## 文件的到达

${tableOf(['包内位置', '字节', 'SHA-256', '开始上传', '第一个字节', '全部收到'], filesRows(facts))}

摘要可以与证明文件的分节 files${'rights' in content ? '、documents' : ''} 核对。平台不知道文件在上传之前由谁、在何处保管。

## 存放

- 文件分块到达，每块离开内存之前即以 AES-256-GCM 加密；磁盘上没有明文。每个文件有自己的密钥，由平台的主密钥加密保存。
- 加密后的文件放在${STORES[environment.contentStore]}，按内容寻址。
- SHA-256 和 SM3 在接收时计算。收到之后，平台从存储中读回并逐块解密，成功才算收到。
- 此后每次读取都核对完整性；平台定期重读全部存储。本证据包第一次生成时（出证时间 ${beijingTime(issuedAt.toISOString())}），平台读出了包内的每个文件并核对长度和完整性。

## 谁接触过

process-log.jsonl 列出与本证书有关的每一步：上传完成、保存、提交、付款、审核、上链，以及工作人员每次查看（动作以 look 结尾）和理由。账号以内部编号出现，不含姓名。未提交的草稿每次自动保存不列入。过程记录到生成本证据包为止。

owner-trail.jsonl 列出所有人自己的记录：注册、同意协议、实名认证，以及个人在开始创建作品之后的登录。

${lineText(facts)}

## 时钟

时间由平台的服务器和数据库的时钟给出。${clockSentence(environment)}证明文件中的区块时间不依赖这些时钟${content.tokens > 0 ? '，第三方时间戳也不依赖' : ''}。

## 没有做的

${scanSentence(facts)}没有公证，没有平台以外的人见证上传。
`;
}

function filesRows(facts: DossierFacts): string[][] {
  return keptFiles(facts).map(({ name, size, sha256, times }) => [
    quoted(name),
    String(size),
    sha256,
    ...times.map((at) => (at ? beijingTime(at.toISOString()) : '没有记录')),
  ]);
}

function lineText(facts: DossierFacts): string {
  const lines = boundLines(facts);
  const bound =
    lines === undefined
      ? '本证书的证明文件没有包含过程记录的摘要。'
      : `process-log.jsonl 的前 ${lines} 行（包括审核通过）的摘要在证明文件的分节 process 中，verify.html 会核对；其后的行由平台陈述。`;
  return `${bound}每一行是平台审计日志的一行：

\`\`\`
digest = SHA-256(previous 的 32 字节 ‖ seq ⏎ at ⏎ actor ⏎ action ⏎ subject ⏎ detail)
\`\`\`

⏎ 是一个换行符（0x0A），文本为 UTF-8。previous 是日志中前一行的 digest，前一行可能属于他人，因此各行不必首尾相接；整条链由平台每日核对，其摘要每日上链。`;
}

function clockSentence({ clock, clockOffset }: DossierFacts['environment']): string {
  if (clockOffset)
    return `出证前，服务器的时钟与 ${clockOffset.servers} 台 NTP 时间服务器的中位数相差 ${clockOffset.offsetMs} 毫秒（${beijingTime(clockOffset.measuredAt.toISOString())} 测得）。`;
  if (clock === 'synchronised-by-ntp') return '出证时，服务器的时钟已由 NTP 同步（systemd-timesyncd）。';
  return '出证时没有观测到 NTP 同步的状态。';
}

function scanSentence(facts: DossierFacts): string {
  const { state, engines } = malwareScanOf(facts);
  if (state === 'not-performed') return '没有做恶意代码扫描：文件按字节原样保存、原样交出，打开之前请自行扫描。';
  const which = state === 'performed' ? '每个文件' : '一部分文件';
  return `${which}到达后由 ${engines.join('、')} 查毒，没有发现恶意代码${state === 'performed' ? '' : '，其余没有扫描'}；签名库之后的更新没有再扫描，打开之前请自行扫描。`;
}
