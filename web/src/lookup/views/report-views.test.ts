// SPDX-License-Identifier: Apache-2.0
// What a report shows of the record and of its checks, by the released vectors.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createElement } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Language } from '../../i18n/language.ts';
import type { sentencesOf as SentencesOf } from '../sentences.ts';
import type { lookupTexts as Texts } from '../texts/index.ts';
import type { verifyProof as VerifyProof } from '../verification.ts';
import type { ChecksView as Checks } from './checks-view.tsx';
import type { TroubleView as TroubleOf } from './other-results.tsx';
import type { RecordView as RecordOf } from './record-view.tsx';

const VECTORS = new URL('../../../../verifier/vectors/v1/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, VECTORS)));
interface VectorCase {
  readonly name: string;
  readonly file: string;
  readonly trust?: string;
  readonly now: string;
}
const casesIn = (folder: string): VectorCase[] =>
  JSON.parse(readFileSync(new URL(`${folder}index.json`, VECTORS), 'utf8')).cases;
/** Those of a later set are named by its folder, too. */
const LATER = '../v2-later/';
const cases = [
  ...casesIn(''),
  ...casesIn(LATER).map(({ name, file, trust, now }) => ({
    name: LATER + name,
    file: LATER + file,
    now,
    ...(trust && { trust: LATER + trust }),
  })),
];

describe('the views of a report', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let RecordView: typeof RecordOf;
  let ChecksView: typeof Checks;
  let lookupTexts: typeof Texts;
  let sentencesOf: typeof SentencesOf;
  let verifyProof: typeof VerifyProof;
  before(async () => {
    pages = await openWebPages();
    ({ RecordView } = await pages.load<{ RecordView: typeof RecordOf }>('lookup/views/record-view.tsx'));
    ({ ChecksView } = await pages.load<{ ChecksView: typeof Checks }>('lookup/views/checks-view.tsx'));
    ({ lookupTexts } = await pages.load<{ lookupTexts: typeof Texts }>('lookup/texts/index.ts'));
    ({ sentencesOf } = await pages.load<{ sentencesOf: typeof SentencesOf }>('lookup/sentences.ts'));
    ({ verifyProof } = await pages.load<{ verifyProof: typeof VerifyProof }>('lookup/verification.ts'));
  });
  after(() => pages.stop());

  async function reportOf(name: string, language: Language = 'zh', change = (proof: Uint8Array) => proof) {
    const found = cases.find((each) => each.name === name);
    if (!found?.trust) throw new RangeError(name);
    const trust = { origin: 'visitor', bytes: read(found.trust) } as const;
    const verification = await verifyProof({
      proof: change(read(found.file)),
      source: 'portal',
      trust,
      files: [],
      now: new Date(found.now),
    });
    const texts = lookupTexts[language];
    return { verification, texts, sentences: sentencesOf(verification, texts) };
  }
  const codeBox = createElement('input', { name: 'code' });
  const recordOf = async (name: string, change?: (proof: Uint8Array) => Uint8Array) => {
    const shared = await reportOf(name, 'zh', change);
    return pages.htmlOf(createElement(RecordView, { ...shared, answer: undefined, codeBox }));
  };
  const checksOf = async (name: string, language: Language = 'zh') =>
    pages.textOf(createElement(ChecksView, await reportOf(name, language)), language);

  it('when the content of a certificate is not shown › asks for the code, and says what it shows', async () => {
    expect(await recordOf('good/no-sections'))
      .to.include('name="code"')
      .and.include('凭查询码可见作品名称');
  });

  it('when an interval is proven › shows its end as the time of anchoring, in Beijing', async () => {
    const { verification } = await reportOf('good/file');
    const { notBefore = '', anchoredAt = '' } = verification.report.facts?.interval ?? {};
    expect(notBefore.slice(0, 19)).to.not.equal(anchoredAt.slice(0, 19));
    const clock = (instant: string) => instant.slice(13, 19);
    const html = await recordOf('good/file');
    const [, shown = ''] = new RegExp(`${lookupTexts.zh.page.anchoredAt}</dt>.*?numeric">([^<]+)`).exec(html) ?? [];
    expect(shown.slice(13)).to.equal(clock(anchoredAt));
  });

  it('when an outside party countersigned › says by when and who, and nothing of a mere hint', async () => {
    const [witnessed, hint] = ['../v2-later/good/second-chain-beside-own', '../v2-later/hint/unknown-chain'];
    expect(await recordOf(witnessed)).to.match(/外部见证不晚于<\/dt>.*?2026-11-22 14:00:06.*?链 ID 9900/);
    expect(await recordOf(witnessed)).to.not.include('链 ID 7788 <');
    expect(await recordOf(hint)).to.not.include('外部见证不晚于');
    expect(await checksOf(hint)).to.include('信任文件没有列出出具时间戳的机构或作见证的链');
  });

  it('when the content is shown › neither asks for a code nor speaks of one', async () => {
    expect(await recordOf('good/file'))
      .to.include('鹤华')
      .and.not.include('name="code"')
      .and.not.include('查询码');
  });

  it('when it is a record of the process › has its own words and no code', async () => {
    for (const html of [await recordOf('good/submission'), await recordOf('good/submission', withoutContent)]) {
      expect(html).to.include('链上编号').and.include('记录种类').and.include('记录状态');
      expect(html).to.not.include('证书').and.not.include('name="code"').and.not.include('查询码');
    }
  });

  it('when the number was revoked › gives the time of Beijing and the reason in the language of the page', async () => {
    expect(await checksOf('bad/revoked')).to.match(/2026-11-22 14:10:00 撤销，原因：法院裁判/);
    expect(await checksOf('bad/revoked', 'en')).to.match(/revoked at 2026-11-22 14:10:00: court-order/);
  });

  it('when trouble stays › advises no other try, and else does', async () => {
    const { TroubleView } = await pages.load<{ TroubleView: typeof TroubleOf }>('lookup/views/other-results.tsx');
    const texts = lookupTexts.zh;
    for (const [code, isLasting] of [
      ['number-burned', true],
      ['share-link-ended', true],
      ['offline', false],
    ] as const) {
      const text = pages.textOf(createElement(TroubleView, { trouble: { code }, texts }));
      expect(text, code).to.include(texts.trouble[code].slice(0, 8));
      expect(text.includes(texts.page.undecidedNext), code).to.equal(!isLasting);
    }
  });

  it('when any vector is shown in Chinese › no detail is an English sentence', async () => {
    for (const name of [
      'good/file',
      'bad/revoked',
      'bad/seals-insufficient',
      'bad/batch-absent',
      'bad/status-stale',
      'absence/next',
    ])
      expect(await checksOf(name), name).to.not.match(
        /\b(?:block|not revoked|on chain|batch|at most|or later|none)\b [\d0x]/,
      );
  });
});

/** As the portal gives it to whoever has the number alone. */
function withoutContent(proof: Uint8Array): Uint8Array {
  const { manifest: _, sections: __, ...bare } = JSON.parse(new TextDecoder().decode(proof)) as Record<string, unknown>; // a vector
  return new TextEncoder().encode(JSON.stringify(bare));
}
