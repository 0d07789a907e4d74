// SPDX-License-Identifier: Apache-2.0
// What the page says of acceptance receipts, by the released vectors.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createElement } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { judgeReceipt as JudgeReceipt } from '../receipt.ts';
import type { lookupTexts as Texts } from '../texts/index.ts';
import type { ReceiptView as View } from './receipt-view.tsx';

const VECTORS = new URL('../../../../verifier/vectors/receipts/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, VECTORS)));
const { cases } = JSON.parse(readFileSync(new URL('index.json', VECTORS), 'utf8')) as {
  cases: { name: string; file: string; trust?: string; proof?: string }[];
};

describe('the view of an acceptance receipt', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let ReceiptView: typeof View;
  let judgeReceipt: typeof JudgeReceipt;
  let lookupTexts: typeof Texts;
  before(async () => {
    pages = await openWebPages();
    ({ ReceiptView } = await pages.load<{ ReceiptView: typeof View }>('lookup/views/receipt-view.tsx'));
    ({ judgeReceipt } = await pages.load<{ judgeReceipt: typeof JudgeReceipt }>('lookup/receipt.ts'));
    ({ lookupTexts } = await pages.load<{ lookupTexts: typeof Texts }>('lookup/texts/index.ts'));
  });
  after(() => pages.stop());

  for (const [name, title, sentence] of [
    ['kept/bundle', '已履行：该编号已上链', '您提供的文件'],
    ['kept/late', '已履行，但逾期', '摘要与受理回执一致'],
    ['broken/digest', '未履行', '但摘要或类型不同'],
    ['open/due', '已到期', '没有得到该编号的证明'],
    ['unreadable/not-json', '核验未通过', ''],
  ] as const) {
    it(`${name} › is called ${title}`, async () => {
      const found = cases.find((each) => each.name === name);
      if (!found) throw new RangeError(name);
      const trust = found.trust
        ? ({ origin: 'visitor', bytes: read(found.trust) } as const)
        : { origin: 'none' as const };
      const proof = found.proof ? read(found.proof) : undefined;
      const judgement = await judgeReceipt({ bytes: read(found.file), proof, trust, ask: async () => undefined });
      const text = pages.textOf(createElement(ReceiptView, { judgement, texts: lookupTexts.zh }), 'zh');
      expect(text).to.include(title).and.include(sentence);
    });
  }

  it('when several trust files are chosen › the promise is judged under each, and the worst counts', async () => {
    const found = cases.find(({ name }) => name === 'kept/bundle');
    if (!found?.trust || !found.proof) throw new RangeError('no case');
    const files = [
      { name: 'unusable.json', bytes: new TextEncoder().encode('{}') },
      { name: 'ours.json', bytes: read(found.trust) },
    ];
    const proof = read(found.proof);
    const asked: string[] = [];
    const judgement = await judgeReceipt({
      bytes: read(found.file),
      proof: undefined,
      trust: { origin: 'visitor', given: { files, signatures: [], keys: [] } },
      ask: async (number) => {
        asked.push(number);
        return proof;
      },
    });
    expect(judgement.report.verdict).to.equal('undecided');
    expect(judgement.underEach?.map(({ report }) => report.verdict)).to.deep.equal(['undecided', 'kept']);
    expect(asked).to.have.length(1);
    const text = pages.textOf(createElement(ReceiptView, { judgement, texts: lookupTexts.zh }), 'zh');
    expect(text).to.include('ours.json 已履行').and.include('未能比较');
  });
});
