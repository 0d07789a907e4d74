// SPDX-License-Identifier: Apache-2.0

import { quoted } from './dossier/table.ts';
import type { AttestationFacts, RegistrationFacts } from './facts.ts';
import { beijingTime, dayOf } from './pdf/text.ts';
import type { ListedPerson } from './read-sections.ts';
import { type ReadmeFacts, timeStampNames, tokenCommands } from './readme-facts.ts';
import { isTestNumber } from './registration-content.ts';

export function chineseReadme(readme: ReadmeFacts): string {
  const { facts, documentNumber, originals, documents, isDevelopment, identity } = readme;
  const { number, work, record, notBefore } = facts;
  const words = 'rights' in facts ? ofRegistration(facts) : ofAttestation(facts);
  const missing = [...originals, ...documents].filter(({ isIncluded }) => !isIncluded);
  return `# 证据包说明

证书编号 ${number}　证单编号 ${documentNumber}　${words.numbers}

${isDevelopment ? '**本证据包来自开发链：没有验证者签名，未独立核验，是样例，不具法律效力。**\n\n' : ''}${words.warning}## 包内文件

| 文件 | 内容 |
| --- | --- |
| certificate.pdf | ${words.certificate}；其中附有与下一项相同的证明文件 |
| ${number}.proof.json | 证明文件：存证声明、批次归属证明、区块头、合约状态证明、内容分节及其盐值 |
| originals/ | ${words.originals}${missing.length > 0 ? `；${missing.length} 个文件过大，未放入，见下文` : ''} |
${words.dossier}| process-log.jsonl | 过程记录：与本证书有关的平台审计日志，每行有编号和摘要 |
${identity ? '| identity-record.json | 所有人的实名认证：何时、以何种方式通过，姓名和证件号码已遮盖 |\n' : ''}| owner-trail.jsonl | 所有人自己的记录：注册、协议、实名认证、登录 |
| environment.json | 出证时的运行环境和运营者 |
| custody.md | 保管情况：文件何时到达、怎样存放、谁查看过（中文和英文） |
| articles.zh.md、articles.en.md | 与司法解释和行业标准逐条对照：说明了什么、没有说明什么 |
| manifest.json | 包内全部文件的清单：大小、SHA-256 和 SM3 摘要，供程序使用 |
${facts.tokens > 0 ? `| ${timeStampNames(facts)} | 第三方时间戳（RFC 3161 应答），与证明文件所附的相同 |\n` : ''}| SHA256SUMS | 包内全部文件的 SHA-256 摘要，可用 \`sha256sum -c SHA256SUMS\` 核对 |
| verify.html | 离线查验页，断网用浏览器打开即可 |
| court-guide.html | 法院核验指引：一页纸，十分钟核验一份证书；英文本为 court-guide.en.html |
| README.en.md | 本说明的英文本 |

包内没有信任文件。信任文件说明由哪些机构验证这条链，应由查验人自行从验证机构取得；由存证方提供的信任文件不能增加证明力。

## 法庭关注的问题与对应材料

| 问题 | 答案 | 材料 |
| --- | --- | --- |
| 何人 | ${words.who} | certificate.pdf；证明文件分节 person:1 起（全名；填写了份额的，还有份额）、party:1 起（遮盖的姓名） |
| 何时 | ${words.when}${beijingTime(record.receivedAt)}；以上为平台陈述。区块链可证的时间区间：${beijingTime(notBefore)} 至 ${beijingTime(record.anchor.time)}。均为北京时间（UTC+8） | 证明文件 statement、notBefore、anchor |
| 何物 | 作品 ${quoted(work.title)}，${facts.files.length} 个文件 | 证明文件分节 ${words.whatSections}；originals/ |
| 是否原样 | 重新计算原件的 SHA-256（或 SM3），与分节 files 所列摘要相同即未改动 | originals/、SHA256SUMS、verify.html |
| 如何上链 | 清单摘要 ${record.manifestSha256} 作为第 ${record.anchor.batch} 批（共 ${record.anchor.count} 条）的第 ${record.anchor.index + 1} 条，该批的根写入链 ${record.registry.chainId} 的登记合约 ${record.registry.contract} | 证明文件 inclusion、anchor |
| 如何验证 | 断网打开 verify.html，放入证书或证明文件、原件和查验人自己的信任文件；或运行 \`npx --no inkseal-verify ${number}.proof.json --file <原件> --trust <信任文件> --max-status-age 30d\` | verify.html |
${facts.tokens > 0 ? `\n${tokensText(facts)}\n` : ''}
## 对应的规定

互联网法院规定第十一条、在线诉讼规则第十六条至第十九条和 SF/T 0076—2020 的逐条对照见 articles.zh.md。最高人民法院关于民事诉讼证据的若干规定第九十三条、第九十四条所问的系统完整、运行正常、有防错手段、由中立第三方平台提供或者确认，见证明文件、environment.json 和 custody.md，其余由平台另行说明。
${words.personal}
## 没有证明的事

${words.notProven}${missing.length > 0 ? `\n\n## 未放入的原件\n\n${missing.map(({ name, size }) => `- ${quoted(name)}，${size} 字节`).join('\n')}\n\n存证人可在会员中心下载；摘要见 SHA256SUMS。` : ''}
`;
}

interface KindWords {
  numbers: string;
  /** With the empty line after it. */
  warning: string;
  certificate: string;
  originals: string;
  /** Rows of the table, each with its line end. */
  dossier: string;
  /** What its holder should think of before handing it on; an empty line before it. */
  personal: string;
  who: string;
  when: string;
  whatSections: string;
  notProven: string;
}

function ofAttestation({ work, parties, submission }: AttestationFacts): KindWords {
  const submitted = submission ? `提交存证 ${beijingTime(submission.receivedAt)}（登记号 ${submission.number}）；` : '';
  return {
    numbers: `确权存证编号 ${work.orderNumber}`,
    warning: '',
    certificate: '区块链存证证书',
    originals: '作品原件',
    dossier: '',
    personal: '',
    who: `存证人 ${namesOf(parties, 'depositor')}；作者 ${namesOf(parties, 'author')}。证件号码已遮盖；存证人经平台实名核对格式`,
    when: `${submitted}存证接收 `,
    whatSections: 'work、files',
    notProven: '不证明著作权归属，不证明独创性，不证明上链之前的事实。',
  };
}

function ofRegistration({ work, parties, registration }: RegistrationFacts): KindWords {
  const { registrationNumber, registeredOn } = registration;
  const people = `作者 ${namesOf(parties, 'author')}；著作权人 ${namesOf(parties, 'owner')}；申请人 ${namesOf(parties, 'applicant')}`;
  return {
    numbers: `登记号 ${quoted(registrationNumber)}　版权登记编号 ${work.recordNumber}`,
    warning: isTestNumber(registrationNumber) ? '**登记号是测试号，不具法律效力。**\n\n' : '',
    certificate: '作品登记证书',
    originals: '作品样本文件',
    dossier: `| dossier.json | 登记表：提交审核时冻结、已经上链的内容，姓名和证件号码均已遮盖 |
| documents/ | 登记材料，按提交时的原样；其摘要列在证明文件的分节 documents |
`,
    personal: `
documents/ 中的材料由其签署人写有姓名、证件号码和签名。交给他人之前，请删去不需要的文件：少放文件不影响其余内容的核验。
`,
    who: `${people}。证件号码已遮盖；申请人经平台实名核对格式`,
    when: `登记日期 ${dayOf(registeredOn)}；登记记录接收 `,
    whatSections: 'work、rights、registration、files',
    notProven:
      '不是对著作权归属和独创性的最终认定：登记的人、日期和权利由申请人陈述并作出保证，有相反证据的除外。不证明上链之前的事实。',
  };
}

const tokensText = (facts: ReadmeFacts['facts']): string => `## 第三方时间戳

证明文件附有 ${facts.tokens} 份第三方时间戳（RFC 3161），盖在该批的根上。verify.html 按查验人自己的信任文件判断；也可只用 OpenSSL 和时间戳机构的证书（authority.pem，应从该机构取得）核验第一份${facts.tokens > 1 ? '，其余换用各自的文件名' : ''}：

${tokenCommands(facts)}`;

function namesOf<Role extends string>(parties: readonly ListedPerson<Role>[], wanted: Role): string {
  const people = parties.filter(({ role }) => role === wanted);
  return people.map(({ name, idNumber }) => quoted(idNumber ? `${name}（${idNumber}）` : name)).join('、');
}
