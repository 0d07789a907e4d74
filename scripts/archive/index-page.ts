// SPDX-License-Identifier: Apache-2.0
// The archive's first page: where a number is found, how to verify what is there, and what the archive does not say.
import { PAGE_END, pageOpening } from './html.ts';
import { numbersFile, timeOf } from './number-pages.ts';
import { PAGE_NUMBERS } from './public-numbers.ts';

export interface IndexFacts {
  readonly block: bigint;
  readonly time: bigint;
  readonly nextNumber: bigint;
  readonly pages: readonly bigint[];
  readonly count: number;
  readonly revoked: number;
  readonly trustSha256: string;
  readonly verifyPageSha256: string;
  /** Paths in the archive. */
  readonly absence: string;
  readonly verifier: string;
}

/** Numbers are far beyond what a script counts exactly, so their pages are found by their digits. */
const SCRIPT = `
const form = document.getElementById('find');
const say = (id) => { for (const each of form.querySelectorAll('output')) each.hidden = each.id !== id; };
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const typed = form.elements.number.value.normalize('NFKC').replace(/\\s/g, '');
  if (!/^[0-9]{1,20}$/.test(typed)) return say('no-number');
  const number = BigInt(typed);
  if (number >= BigInt(form.dataset.next)) return say('not-issued');
  const page = String(number / ${PAGE_NUMBERS}n);
  if (BigInt(page) < BigInt(form.dataset.first) || BigInt(page) > BigInt(form.dataset.last)) return say('not-here');
  say('');
  location.href = 'numbers/' + page + '.html#' + number;
});`;

export function indexPage(facts: IndexFacts): string {
  const pages = facts.pages.map(
    (page) => `<li><a href="${numbersFile(page)}">${page * PAGE_NUMBERS} – ${(page + 1n) * PAGE_NUMBERS - 1n}</a></li>`,
  );
  return [
    pageOpening('印信公开归档', SCRIPT),
    '<h1>印信公开归档 · Inkseal public archive</h1>',
    formOf(facts),
    ...chineseOf(facts),
    ...englishOf(facts),
    '<section><h2>全部编号 · All numbers</h2>',
    `<ul class="pages">${pages.join('\n')}</ul></section>`,
    `<script>${SCRIPT}</script>`,
    PAGE_END,
  ].join('\n');
}

function formOf({ pages, nextNumber, absence }: IndexFacts): string {
  const [first = 0n, last = -1n] = [pages.at(0), pages.at(-1)];
  const proof = (text: string) => `<a href="${absence}" download>${text}</a>`;
  return `<form id="find" data-first="${first}" data-last="${last}" data-next="${nextNumber}">
<label>证书编号 · Certificate number<input name="number" inputmode="numeric" autocomplete="off" required></label>
<button>查找 · Find</button>
<output id="no-number" hidden>请输入证书编号（1 至 20 位数字）。Type a certificate number: 1 to 20 digits.</output>
<output id="not-issued" hidden>归档时尚未签发这个编号。${proof('证明')}：从 ${nextNumber} 起的编号都还没有签发；请核对编号。This number had not been issued: the ${proof('proof')} shows it for every number from ${nextNumber} on. Check the number.</output>
<output id="not-here" hidden>归档中没有这个编号，请核对。The archive has no such number. Check it.</output>
</form>`;
}

function chineseOf(facts: IndexFacts): string[] {
  return [
    '<section lang="zh-Hans">',
    `<p>本归档保存截至 ${timeOf(facts.time)}（区块 ${facts.block}）对公众公开的存证证明，共 ${facts.count} 个编号，其中 ${facts.revoked} 个已<a href="revocations.html">撤销</a>。印信的系统停用后，凭本归档仍可查找和核验证书。</p>`,
    '<h2>怎样核验</h2><ol>',
    '<li>输入证书编号，在打开的页面上下载证明文件。没有网页服务器时，直接双击 index.html 也能查找。</li>',
    `<li>打开 <a href="verify.html">verify.html</a>（可断开网络），放入证明文件或证书 PDF；有作品原件的，一并放入。verify.html 的 SHA-256：<code>${facts.verifyPageSha256}</code></li>`,
    `<li>再放入<a href="trust/trust.json" download>信任文件</a>。它由运营方提供，SHA-256 为 <code>${facts.trustSha256}</code>，请与各验证节点机构公布的值核对；各机构签名公布的信任文件如已收入，在 trust/published 文件夹中。</li>`,
    `<li>也可以安装<a href="${facts.verifier}" download>命令行核验工具</a>，核验单份证明；有区块链节点可读的，还可核验整个 proofs 文件夹，见<a href="docs/archive.md">说明</a>。</li></ol>`,
    '<h2>本归档不包含什么</h2><ul>',
    '<li>姓名、作品名称、文件名等内容：这些只在持有人的证书和证据包里。</li>',
    '<li>归档之后签发的证书和撤销：每份证明的状态截至上述区块。</li>',
    '</ul></section>',
  ];
}

function englishOf(facts: IndexFacts): string[] {
  return [
    '<section lang="en">',
    `<p>This archive holds the proofs that were public at ${timeOf(facts.time)} (block ${facts.block}): ${facts.count} numbers, ${facts.revoked} of them <a href="revocations.html">revoked</a>. With it, certificates can be found and verified after Inkseal's systems are gone.</p>`,
    '<h2>How to verify</h2><ol>',
    '<li>Type the certificate number and save the proof from the page that opens. Without a web server, open index.html from disk: finding works there too.</li>',
    `<li>Open <a href="verify.html">verify.html</a> (the network may be off) and drop the proof or the certificate PDF, and the original work if you have it. SHA-256 of verify.html: <code>${facts.verifyPageSha256}</code></li>`,
    `<li>Then drop the <a href="trust/trust.json" download>trust file</a>. It is the operator's, with the SHA-256 <code>${facts.trustSha256}</code>: compare it with what the validators' organisations publish. Trust files that they signed, if there are any, are in the folder trust/published.</li>`,
    `<li>Or install the <a href="${facts.verifier}" download>command line</a>: it verifies single proofs and, with a node that you can read, audits the whole folder proofs (<a href="docs/archive.md">how</a>).</li></ol>`,
    '<h2>What the archive does not hold</h2><ul>',
    '<li>Names, titles and file names: only the holder’s certificate and evidence package have them.</li>',
    '<li>What was issued or revoked later: the status in each proof is as of that block.</li>',
    '</ul></section>',
  ];
}
