// SPDX-License-Identifier: Apache-2.0
// A form that was refused: every wrong field in the list on top, and the same sentence at the field.
import { expect } from 'chai';
import { createElement, Fragment, type ReactElement } from 'react';
import { openWebPages, type WebPages } from '../../testing/web-pages.ts';
import type { ApiError as ErrorOf, FieldError } from '../api/api-error.ts';
import type { ErrorList as List } from './error-list.tsx';
import type { Field as FieldOf } from './field.tsx';
import type { FormFaults, useFaults as UseFaults } from './form.ts';

const ERRORS: FieldError[] = [
  { field: 'title', code: 'missing' },
  { field: 'files.1', code: 'type-mismatch' },
];
const LABELS: Record<string, string> = { title: '作品名称', 'files.1': '第 2 个文件' };

describe('a form that was refused', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let ErrorList: typeof List;
  let Field: typeof FieldOf;
  let useFaults: typeof UseFaults;
  let ApiError: typeof ErrorOf;
  before(async () => {
    pages = await openWebPages();
    ({ ApiError } = await pages.load<{ ApiError: typeof ErrorOf }>('api/api-error.ts'));
    ({ ErrorList } = await pages.load<{ ErrorList: typeof List }>('kit/error-list.tsx'));
    ({ Field } = await pages.load<{ Field: typeof FieldOf }>('kit/field.tsx'));
    ({ useFaults } = await pages.load<{ useFaults: typeof UseFaults }>('kit/form.ts'));
  });
  after(() => pages.stop());

  /** A form whose submission fails at once; `after` is what its owner does then. */
  const form = (error: unknown, after: (faults: FormFaults) => void = () => undefined): ReactElement => {
    let step = 0;
    const Form = () => {
      const faults = useFaults({ prefix: 'work', labelOf: (field) => LABELS[field] ?? field });
      step += 1;
      if (step === 1) faults.fail(error);
      if (step === 2) after(faults);
      const field = (name: string) => {
        const props: Parameters<typeof Field>[0] = {
          id: faults.idOf(name),
          label: LABELS[name] ?? name,
          error: faults.sentenceOf(name),
          children: (control) =>
            createElement('input', { id: control.id, 'aria-describedby': control['aria-describedby'] }),
        };
        return createElement(Field, props);
      };
      return createElement(Fragment, null, createElement(ErrorList, faults), field('title'), field('files.1'));
    };
    return createElement(Form);
  };
  const refusal = (errors: FieldError[] = ERRORS) => new ApiError('invalid-request', { status: 400, errors });

  it('when fields are wrong › counts and names all of them, each with a link to its field', () => {
    const html = pages.htmlOf(form(refusal()));
    expect(pages.textOf(form(refusal()))).to.match(/^[^！]*2 /);
    for (const [id, label] of [
      ['work-title', '作品名称'],
      ['work-files-1', '第 2 个文件'],
    ])
      expect(html).to.match(new RegExp(`<li><a href="#${id}">${label}</a>：[^<]{5,}</li>`));
  });

  it('when fields are wrong › says the same sentence at each field, tied to its control', () => {
    const html = pages.htmlOf(form(refusal()));
    for (const id of ['work-title', 'work-files-1']) {
      const [, sentence = ''] = new RegExp(`href="#${id}">[^<]*</a>：([^<]+)`).exec(html) ?? [];
      expect(sentence).to.not.equal('');
      expect(html).to.match(new RegExp(`<div class="field-error" id="${id}-error">.*?</span> ${sentence}</div>`));
      expect(html).to.include(`<input id="${id}" aria-describedby="${id}-error"/>`);
    }
  });

  it('when one field was changed › takes out its sentence and leaves the other', () => {
    const html = pages.htmlOf(form(refusal(), (faults) => faults.clear('files')));
    expect(html).to.include('work-title-error').and.not.include('work-files-1-error');
    expect(html.match(/<li>/g)).to.have.length(1);
  });

  it('when the last wrong field was changed › shows no list any more', () => {
    expect(
      pages.htmlOf(form(refusal([{ field: 'title', code: 'missing' }]), (faults) => faults.clear('title'))),
    ).to.not.include('notice-error');
  });

  it('when no field is wrong › says what is the matter, and how long to wait', () => {
    const text = pages.textOf(
      form(new ApiError('rate-limited', { status: 429, retryAfterSeconds: 900, requestId: 'r-1' })),
    );
    expect(text).to.include('请在 15 分钟后再试。').and.not.include('r-1').and.not.include('900');
  });

  it('when the platform failed › gives the number of the request', () => {
    expect(pages.textOf(form(new ApiError('internal', { status: 500, requestId: 'r-1' })))).to.include('r-1');
    expect(pages.textOf(form(new ApiError('internal', { status: 499, requestId: 'r-1' })))).to.not.include('r-1');
  });

  it('when the connection fails › says so, in both languages', () => {
    for (const [language, sentence] of [
      ['zh', /网络|平台/],
      ['en', /network|platform/i],
    ] as const)
      expect(pages.textOf(form(new ApiError('offline')), language)).to.match(sentence);
  });
});
