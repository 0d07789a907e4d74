// SPDX-License-Identifier: Apache-2.0
// The pages that list numbers, and where everything about a number is. Links are relative, so the folder works from any place.
import { escaped } from '../../verifier/src/audit/page.ts';
import { beijingTime, chinesePhrase, type EntryKind } from '../../verifier/src/index.ts';
import { PAGE_END, pageOpening } from './html.ts';
import { type NumberPage, PAGE_NUMBERS, type PublicNumber } from './public-numbers.ts';

export const proofFile = (number: bigint): string => `proofs/${number / PAGE_NUMBERS}/${number}.proof.json`;
export const numbersFile = (page: bigint): string => `numbers/${page}.html`;

const KINDS: Readonly<Record<EntryKind, string>> = {
  attestation: '确权存证证书 · attestation certificate',
  registration: '版权登记证书 · registration certificate',
  submission: '提交记录，不是证书 · record of a submission, not a certificate',
  'audit-head': '审计日志记录，不是证书 · record of the audit log, not a certificate',
};

export function numbersPage({ page, numbers }: NumberPage): string {
  const range = `${page * PAGE_NUMBERS} – ${(page + 1n) * PAGE_NUMBERS - 1n}`;
  return [
    pageOpening(`证书编号 ${range}`),
    `<h1>证书编号 · Certificate numbers<br>${range}</h1>\n`,
    '<p><a href="../index.html">返回首页 · Back to the index</a></p>\n',
    '<p lang="zh-Hans">不在本页上的编号，归档时还没有公开的证明。核验方法：下载证明文件，用 <a href="../verify.html">verify.html</a> 打开。</p>\n',
    '<p lang="en">A number that is not on this page had no public proof when the archive was made. To verify one, save its proof and open it with <a href="../verify.html">verify.html</a>.</p>\n',
    ...numbers.map(articleOf),
    PAGE_END,
  ].join('');
}

function articleOf({ number, kind, sha256, anchoredAt, ...more }: PublicNumber): string {
  const { revocation, registration, supersededBy } = more;
  const lines = [
    escaped(KINDS[kind]),
    `上链时间 · anchored: ${timeOf(anchoredAt)}`,
    `证据清单摘要 · digest of the evidence manifest: <code>${sha256}</code>`,
    registration &&
      `登记号 · registration number: ${escaped(registration.number)}（${escaped(registration.day)}，运营方陈述 · stated by the operator）`,
    supersededBy &&
      `已由新版证书替代 · superseded by: ${linkTo(BigInt(supersededBy))}（运营方陈述 · stated by the operator）`,
    revocation && `<span class="revoked">已撤销 · revoked</span>: ${revocationText(revocation)}`,
    `<a href="../${proofFile(number)}" download>证明文件 · proof</a>`,
  ];
  const shown = lines.filter((line) => line !== undefined).map((line) => `<p>${line}</p>`);
  return `<article id="${number}"><h2>${number}</h2>${shown.join('')}</article>\n`;
}

export const REVOCATIONS_OPENING = [
  pageOpening('已撤销的证书'),
  '<h1>已撤销的证书 · Revoked certificates</h1>',
  '<p><a href="index.html">返回首页 · Back to the index</a></p>',
  '<p lang="zh-Hans">每份证明文件都含有区块链上的撤销状态，核验工具会显示撤销时间和原因。</p>',
  '<p lang="en">Each proof holds the revocation as the chain has it; the verifier shows when and why.</p>',
  '<ul>\n',
].join('\n');
export const REVOCATIONS_END = `</ul>\n${PAGE_END}`;

/** One line of the list of revocations. */
export function revokedItem(number: bigint, revocation: NonNullable<PublicNumber['revocation']>): string {
  return `<li>${linkTo(number, '')}: ${revocationText(revocation)} · <a href="${proofFile(number)}" download>证明文件 · proof</a></li>\n`;
}

const linkTo = (number: bigint, up = '../'): string =>
  `<a href="${up}${numbersFile(number / PAGE_NUMBERS)}#${number}">${number}</a>`;

const revocationText = ({ revokedAt, reason }: NonNullable<PublicNumber['revocation']>): string =>
  `${timeOf(revokedAt)}，${escaped(chinesePhrase(reason) ?? reason)} · ${escaped(reason)}`;

/** Beijing time of seconds since 1970. */
export function timeOf(seconds: bigint): string {
  const time = beijingTime(new Date(Number(seconds) * 1_000).toISOString());
  return `${time.slice(0, 19).replace('T', ' ')} (UTC+8)`;
}
