// SPDX-License-Identifier: Apache-2.0
// The list of reasons while a page is busy: what was chosen and typed before it could be drawn again is kept.
import { expect } from 'chai';
import { createElement, useState } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { FormFaults } from '../../kit/form.ts';
import type { ReasonList as ReasonListOf } from './reason-list.tsx';

const TEXT = {
  decision: '审核决定',
  item: '第 {number} 项',
  remove: '移除',
  addItem: '再加一项',
  choosePlease: '请选择',
  where: '所在字段',
  problem: '问题',
  what: '请怎样改',
};

describe('ReasonList', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let ReasonList: typeof ReasonListOf;
  let reasons: readonly { field: string; code: string; text: string }[];
  before(async () => {
    pages = await openWebPages();
    ({ ReasonList } = await pages.load<{ ReasonList: typeof ReasonListOf }>('staff/reasons/reason-list.tsx'));
  });
  after(() => pages.stop());

  const open = (first: typeof reasons) => {
    const Form = () => {
      const [values, setValues] = useState(first);
      reasons = values;
      const faults = { idOf: (field: string) => field, sentenceOf: () => undefined };
      return createElement(ReasonList, {
        reasons: values,
        onChange: setValues,
        faults: faults as unknown as FormFaults, // the part that the list uses
        text: TEXT,
        as: 'line',
        fields: [],
        codes: [],
      });
    };
    return pages.live(createElement(Form));
  };
  const reason = (text: string) => ({ field: 'title', code: 'unclear', text });

  it('when two items are added before the page is drawn again › both are there', async () => {
    const page = await open([reason('甲')]);
    const add = page.named('+ 再加一项') as HTMLElement;
    await page.atOnce(() => [add.click(), add.click()]);
    expect(reasons.map(({ text }) => text)).to.deep.equal(['甲', '', '']);
  });

  it('when one item is removed and another added before the page is drawn again › does both', async () => {
    const page = await open(['甲', '乙'].map(reason));
    const [remove, add] = ['移除 第 1 项', '+ 再加一项'].map((name) => page.named(name) as HTMLElement);
    await page.atOnce(() => [remove?.click(), add?.click()]);
    expect(reasons.map(({ text }) => text)).to.deep.equal(['乙', '']);
  });
});
