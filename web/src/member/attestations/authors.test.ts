// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createElement, useState } from 'react';
import { orderOf } from '../../../testing/examples.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { AttestationForm } from '../../api/attestations.ts';
import type { Authors as AuthorsOf } from './authors.tsx';
import type { AttestFormState } from './use-attest-form.ts';

type Author = AttestationForm['authors'][number];
const named = (name: string): Author => ({ source: 'named', name });
const SELF: Author = { source: 'self' };

describe('the authors of an attestation', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let Authors: typeof AuthorsOf;
  /** As the form has them after each change. */
  let authors: readonly Author[];
  /** Names whose characters the form had checked, by field. */
  let checked: string[];
  before(async () => {
    pages = await openWebPages();
    ({ Authors } = await pages.load<{ Authors: typeof AuthorsOf }>('member/attestations/authors.tsx'));
  });
  after(() => pages.stop());

  const open = (first: Author[], faults: Record<string, string> = {}) => {
    checked = [];
    const Form = () => {
      const [values, setValues] = useState({ ...orderOf().form, authors: first });
      authors = values.authors;
      const change = (part: Partial<AttestationForm>) => setValues((last) => ({ ...last, ...part }));
      const form = {
        attestation: orderOf(),
        values,
        change,
        faults: {
          idOf: (field: string) => field,
          sentenceOf: (field: string) => faults[field],
          checkPrinting: async (field: string, name: string) => void checked.push(`${field} ${name}`),
        },
      };
      return createElement(Authors, { form: form as unknown as AttestFormState }); // the part that authors use
    };
    return pages.live(createElement(Form), { answer: () => ({ state: 'NONE' }) });
  };

  for (const [name, left] of [
    ['甲', ['乙', '丙']],
    ['乙', ['甲', '丙']],
    ['丙', ['甲', '乙']],
  ] as const)
    it(`when ${name} of three is removed › the two others stay, in their order`, async () => {
      const page = await open(['甲', '乙', '丙'].map(named));
      await page.click(page.named(`移除 ${name}`));
      expect(authors).to.deep.equal(left.map(named));
    });

  it('when an author is added and named › the others keep their names', async () => {
    const page = await open([named('甲')]);
    await page.click(page.named('+ 直接填写姓名'));
    await page.type(page.named('第 2 位作者'), '乙');
    expect(authors).to.deep.equal([named('甲'), named('乙')]);
  });

  it('when the member is an author › they cannot be added a second time', async () => {
    const page = await open([named('甲')]);
    await page.click(page.named('+ 我是作者'));
    expect(authors).to.deep.equal([named('甲'), SELF]);
    expect(page.text()).to.not.include('我是作者');
    await page.click(page.named('移除 本人'));
    expect(page.text()).to.include('我是作者');
  });

  it('when there are nine or ten › offers a tenth and no eleventh', async () => {
    const page = await open(Array.from({ length: 9 }, (_, index) => named(`${index}`)));
    await page.click(page.named('+ 直接填写姓名'));
    expect(authors).to.have.length(10);
    expect(page.text()).to.not.include('添加作者').and.not.include('直接填写姓名');
  });

  it('when a name is refused › says so at that author alone, tied to the field', async () => {
    const page = await open([named('甲'), named('乙')], { 'authors.1.name': '请改这个名字。' });
    const [first, second] = page.all('input');
    expect(first?.getAttribute('aria-describedby')).to.equal(null);
    expect(page.find(`[id="${second?.getAttribute('aria-describedby')}"]`).textContent).to.equal('请改这个名字。');
  });
});
