// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createElement, Fragment } from 'react';
import { orderOf } from '../../../testing/examples.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { AttestationForm } from '../../api/attestations.ts';
import type { useFormValues as UseFormValues } from '../../kit/form-values.ts';
import type { Authors as AuthorsOf, Depositors as DepositorsOf } from './authors.tsx';
import type { AttestFormState } from './use-attest-form.ts';

type Author = AttestationForm['authors'][number];
const named = (name: string): Author => ({ source: 'named', name });
const SELF: Author = { source: 'self' };

describe('the authors of an attestation', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let Authors: typeof AuthorsOf;
  let Depositors: typeof DepositorsOf;
  let useFormValues: typeof UseFormValues;
  /** As the form has them after each change. */
  let authors: readonly Author[];
  let depositors: AttestationForm['depositors'];
  /** Names whose characters the form had checked, by field. */
  let checked: string[];
  before(async () => {
    pages = await openWebPages();
    const parts = 'member/attestations/authors.tsx';
    ({ Authors, Depositors } = await pages.load<{ Authors: typeof AuthorsOf; Depositors: typeof DepositorsOf }>(parts));
    ({ useFormValues } = await pages.load<{ useFormValues: typeof UseFormValues }>('kit/form-values.ts'));
  });
  after(() => pages.stop());

  const open = (first: Author[], faults: Record<string, string> = {}, part: Partial<AttestationForm> = {}) => {
    checked = [];
    const Form = () => {
      const { values, change } = useFormValues({ ...orderOf().form, authors: first, ...part }, () => undefined);
      ({ authors, depositors } = values);
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
      const parts = { form: form as unknown as AttestFormState }; // the part that people use
      return createElement(Fragment, null, createElement(Authors, parts), createElement(Depositors, parts));
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

  it('when two authors are added before the page is drawn again › both are there', async () => {
    const page = await open([named('甲')]);
    const add = page.named('+ 直接填写姓名') as HTMLElement;
    await page.atOnce(() => [add.click(), add.click()]);
    expect(authors).to.deep.equal(['甲', '', ''].map(named));
  });

  it('when the member is added twice before the page is drawn again › they are there once', async () => {
    const page = await open([named('甲')]);
    const add = page.named('+ 我是作者') as HTMLElement;
    await page.atOnce(() => [add.click(), add.click()]);
    expect(authors).to.deep.equal([named('甲'), SELF]);
  });

  it('when one author is removed and another added before the page is drawn again › does both', async () => {
    const page = await open(['甲', '乙'].map(named));
    const [remove, add] = ['移除 甲', '+ 直接填写姓名'].map((name) => page.named(name) as HTMLElement);
    await page.atOnce(() => [remove?.click(), add?.click()]);
    expect(authors).to.deep.equal(['乙', ''].map(named));
  });

  it('when two depositors are removed before the page is drawn again › both are gone', async () => {
    const people = ['h1', 'h2', 'h3'].map((rightHolderId) => ({ source: 'holder' as const, rightHolderId }));
    const page = await open([], {}, { depositors: people });
    const [first, second] = page.all('#depositors .person-remove') as HTMLElement[];
    await page.atOnce(() => [first?.click(), second?.click()]);
    expect(depositors).to.deep.equal([people[2]]);
  });

  it('when the member is an author › they cannot be added a second time', async () => {
    const page = await open([named('甲')]);
    await page.click(page.named('+ 我是作者'));
    expect(authors).to.deep.equal([named('甲'), SELF]);
    expect(page.text()).to.not.include('我是作者');
    await page.click(page.find('#authors [aria-label="移除 本人"]'));
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
