// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createElement, useState } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { AttestationForm } from '../../api/attestations.ts';
import type { Authors as AuthorsOf } from './authors.tsx';
import type { AttestFormState } from './use-attest-form.ts';

type Author = AttestationForm['authors'][number];
const named = (name: string): Author => ({ source: 'named', name });

describe('the authors of an attestation', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let Authors: typeof AuthorsOf;
  /** As the form has them after each change. */
  let authors: readonly Author[];
  before(async () => {
    pages = await openWebPages();
    ({ Authors } = await pages.load<{ Authors: typeof AuthorsOf }>('member/attestations/authors.tsx'));
  });
  after(() => pages.stop());

  const open = (first: Author[]) => {
    const Form = () => {
      const [values, setValues] = useState({ authors: first } as AttestationForm); // the part that is looked at
      authors = values.authors;
      const faults = { idOf: String, sentenceOf: () => undefined, checkPrinting: async () => undefined };
      const change = (part: Partial<AttestationForm>) => setValues((last) => ({ ...last, ...part }));
      const form = { attestation: { state: 'DRAFT' }, values, change, faults };
      return createElement(Authors, { form: form as unknown as AttestFormState });
    };
    return pages.live(createElement(Form), { answer: () => ({ state: 'NONE' }) });
  };

  it('when one of three is removed › the two others stay, in their order', async () => {
    const page = await open([named('甲'), named('乙'), named('丙')]);
    await page.click(page.named('移除 甲'));
    expect(authors).to.deep.equal([named('乙'), named('丙')]);
    await page.close();
  });
});
