// SPDX-License-Identifier: Apache-2.0
// 逐条说明：司法解释和行业标准问什么，本包的哪一项作答，哪些没有说明。

import { boundLines } from './bound-lines.ts';
import { malwareScanOf } from './custody-files.ts';
import type { DossierFacts } from './dossier-facts.ts';
import { quoted, type Row, tableOf } from './table.ts';

const HEAD: Row = ['条款', '审查内容', '本包说明了什么', '材料', '没有说明什么'];

export function chineseArticles(facts: DossierFacts): string {
  return `# 逐条对照

证书编号 ${facts.facts.number}

左起第三列是本包能说明的，最右一列是本包没有说明、需要另行举证或者由平台另行说明的。带“平台陈述”的内容，链上证明不包含它。
${facts.isDevelopment ? '\n**本证据包来自开发链：没有验证者签名，下表中依靠区块链的各项都没有得到独立核验。**\n' : ''}
## 最高人民法院关于互联网法院审理案件若干问题的规定（法释〔2018〕16号）第十一条

${tableOf(HEAD, [...environmentRows(facts), ...integrityRows(facts)])}

## 人民法院在线诉讼规则（法释〔2021〕12号）第十六条至第十九条

${tableOf(HEAD, litigationRows(facts))}

## SF/T 0076—2020《电子数据存证技术规范》

本表按该标准的标题列出，没有逐条核对其条文，也不表示平台已经通过符合该标准的检测。

${tableOf(HEAD, standardRows(facts))}
`;
}

function environmentRows(given: DossierFacts): Row[] {
  const { facts, environment } = given;
  const who = 'rights' in facts ? '作者、著作权人、申请人' : '存证人、作者';
  return [
    [
      '第一款（一）',
      '计算机系统等硬件、软件环境是否安全、可靠',
      `出证时的软件版本、链的共识方式和验证者数目、存储的加密方式、时钟状态（${clockText(environment)}），均为平台陈述`,
      'environment.json',
      `网络安全等级测评结果、硬件和机房${malwareScanOf(given).state === 'performed' ? '' : '、恶意代码扫描（没有做或不是每个文件都做了）'}`,
    ],
    [
      '第一款（二）',
      '生成主体和时间是否明确，表现内容是否清晰、客观、准确',
      `${who}的全名和遮盖的证件号码；所有人的注册和实名认证在何时、以何种方式完成；接收时间（平台陈述）和区块链可证的时间区间；每个文件的名称、大小和摘要`,
      `certificate.pdf；证明文件；${given.identity ? 'identity-record.json；' : ''}owner-trail.jsonl；custody.md`,
      '作品在上传之前由谁、在何时创作；证件影像和完整号码（不放入本包）',
    ],
    [
      '第一款（三）',
      '存储、保管介质是否明确，保管方式和手段是否妥当',
      '文件何时到达，怎样加密和存放，何时重新核对过，工作人员何时查看过（平台陈述）',
      'custody.md；process-log.jsonl',
      '存储设备的型号；异地备份的情况',
    ],
  ];
}

function integrityRows(facts: DossierFacts): Row[] {
  return [
    [
      '第一款（四）',
      '提取和固定的主体、工具和方式是否可靠，提取过程是否可以重现',
      '平台的程序在接收时计算 SHA-256 和 SM3；任何人用通用工具可以重新计算，得到同样的结果',
      'originals/；SHA256SUMS；verify.html',
      '上传之前用何种设备、从何处取得文件',
    ],
    [
      '第一款（五）',
      '内容是否存在增加、删除、修改及不完整等情形',
      `原件${'rights' in facts.facts ? '、登记材料' : ''}与上链的摘要逐字节核对；${boundText(facts)}`,
      'verify.html；证明文件',
      'environment.json、custody.md、所有人的记录和各说明文件只由包内没有签名的 manifest.json 和 SHA256SUMS 列出；过大而没有放入的文件',
    ],
    [
      '第一款（六）',
      '是否可以通过特定形式得到验证',
      '断网即可核验，不需要平台、节点或者浏览器插件',
      'verify.html',
      '信任文件应由查验人自行取得',
    ],
    [
      '第二款',
      '电子签名、可信时间戳、哈希值校验、区块链等技术手段',
      `哈希值校验；区块链（链 ${facts.facts.record.registry.chainId}）；${tokensText(facts)}`,
      `证明文件${facts.facts.tokens > 0 ? '；timestamp.tsr' : ''}`,
      signatureText(facts),
    ],
    [
      '第三款',
      '有专门知识的人的意见；鉴定；调取其他证据核对',
      '证明格式公开，可以不用平台的程序独立核验',
      '证明文件',
      '鉴定意见',
    ],
  ];
}

function litigationRows(facts: DossierFacts): Row[] {
  const isRegistration = 'rights' in facts.facts;
  return [
    [
      '第十六条',
      '经技术核验一致的，可以认定上链后未经篡改',
      '上链之后的一致性，由查验人自己核验',
      'verify.html；证明文件',
      '上链之前的真实性',
    ],
    [
      '第十七条（一）',
      '存证平台是否符合国家关于区块链存证服务的规定',
      '运营者名称和备案号（平台陈述）',
      'environment.json',
      '备案是否有效，应向主管部门查询',
    ],
    [
      '第十七条（二）',
      '当事人与存证平台有无利害关系，有无利用技术手段不当干预',
      '已经上链的记录不能由平台单独改动；验证链的机构由查验人的信任文件列明',
      '证明文件',
      '当事人与平台、验证机构之间的关系',
    ],
    [
      '第十七条（三）',
      '信息系统的清洁性、安全性、可靠性、可用性',
      '软件版本和所用的保护手段（平台陈述）',
      'environment.json',
      '依国家标准、行业标准作出的测评报告',
    ],
    [
      '第十七条（四）',
      '系统环境、技术安全、加密方式、数据传输、信息验证是否符合标准',
      '存储加密 AES-256-GCM；摘要 SHA-256、SM3；批次的树 RFC 9162；时间戳 RFC 3161（如有）',
      'environment.json；证明文件',
      '标准符合性的检测报告',
    ],
    [
      '第十八条',
      '上链之前的来源、生成机制、存储过程、公证、第三方见证、关联印证',
      `从上传到审核通过的每一步及其时间（平台陈述，${boundText(facts)}）；所有人在平台上的注册和实名记录${isRegistration ? '；登记表和登记材料' : ''}；${tokensText(facts)}`,
      `process-log.jsonl；owner-trail.jsonl；custody.md${isRegistration ? '；dossier.json；documents/' : ''}`,
      '创作过程；上传之前的保管；公证；平台以外的人对上传的见证',
    ],
    [
      '第十九条',
      '有专门知识的人的意见；鉴定；调取其他证据核对',
      '过程记录的每一行有编号和摘要，可以与平台保存的审计日志核对；日志的摘要每日上链',
      'process-log.jsonl',
      '审计日志本身，含他人的记录，由平台依法院要求提供',
    ],
  ];
}

function standardRows({ environment }: DossierFacts): Row[] {
  return [
    ['第4章', '存证服务提供者', '运营者的名称、电话和备案号（平台陈述）', 'environment.json', '资质和人员'],
    [
      '第5章',
      '存证平台',
      `软件版本、存储加密、时钟状态（${clockText(environment)}）`,
      'environment.json；custody.md',
      '等级测评；与国家授时中心的时间偏差',
    ],
    [
      '第6章',
      '存证过程',
      '接收、核对、审核、上链、出证的完整记录',
      'process-log.jsonl；custody.md；证明文件',
      '操作所用的设备和网络地址（不放入本包）',
    ],
  ];
}

function clockText({ clock, clockOffset }: DossierFacts['environment']): string {
  if (clockOffset) return `与 ${clockOffset.servers} 台 NTP 时间服务器相差 ${clockOffset.offsetMs} 毫秒`;
  return clock === 'synchronised-by-ntp' ? '已由 NTP 同步' : '没有观测到 NTP 同步';
}

function boundText(facts: DossierFacts): string {
  const lines = boundLines(facts);
  return lines === undefined ? '过程记录没有上链' : `过程记录的前 ${lines} 行已随本证书上链，可以核对`;
}

function signatureText({ signer }: DossierFacts): string {
  if (!signer) return 'certificate.pdf 没有电子签名，其印刷文字以证明文件为准';
  if (signer.isDevelopment) return 'certificate.pdf 的签名用的是开发用证书，不说明任何问题，其印刷文字以证明文件为准';
  return `certificate.pdf 有 ${quoted(signer.name)} 的电子签名（PAdES）：签名证书属于谁，应由信任文件或者签发机构说明`;
}

const tokensText = ({ facts: { tokens } }: DossierFacts): string =>
  tokens > 0 ? `${tokens} 份第三方可信时间戳` : '没有第三方可信时间戳';
