// SPDX-License-Identifier: Apache-2.0
// Files, display images and tags of a work on a busy machine: each change is made to what the last one left.
import { expect } from 'chai';
import { createElement, Fragment } from 'react';
import { fileOf } from '../../../testing/examples.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Work } from '../../api/works.ts';
import type { useFormValues as UseFormValues } from '../../kit/form-values.ts';
import type { TagsInput as TagsInputOf } from '../../kit/inputs.tsx';
import type { WorkFormState } from './use-work-form.ts';
import type { WorkFiles as WorkFilesOf } from './work-files.tsx';
import { EMPTY_WORK, type WorkValues } from './work-values.ts';

const UPLOADS = ['f1', 'f2', 'f3'];

describe('the lists of a work', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let WorkFiles: typeof WorkFilesOf;
  let TagsInput: typeof TagsInputOf;
  let useFormValues: typeof UseFormValues;
  let current: WorkValues;
  before(async () => {
    pages = await openWebPages();
    ({ WorkFiles } = await pages.load<{ WorkFiles: typeof WorkFilesOf }>('member/works/work-files.tsx'));
    ({ TagsInput } = await pages.load<{ TagsInput: typeof TagsInputOf }>('kit/inputs.tsx'));
    ({ useFormValues } = await pages.load<{ useFormValues: typeof UseFormValues }>('kit/form-values.ts'));
  });
  after(() => pages.stop());

  const open = () => {
    const images = UPLOADS.map((uploadId) => ({ uploadId }));
    const initial: WorkValues = { ...EMPTY_WORK, files: UPLOADS, display: images, tags: ['甲', '乙', '丙'] };
    const files = UPLOADS.map((id) => fileOf(id));
    const work = { id: 'w1', files, display: files, cover: null } as unknown as Work; // what the lists read of it
    const Form = () => {
      const { values, change } = useFormValues(initial, () => undefined);
      current = values;
      const faults = { idOf: (field: string) => field, sentenceOf: () => undefined };
      const form = { values, change, faults } as unknown as WorkFormState; // the part that lists use
      const tags = createElement(TagsInput, {
        ...{ field: 'tags', label: '作品标签', value: values.tags, faults: form.faults, seeds: [] },
        onChange: (edit) => change((last) => ({ tags: edit(last.tags) })),
      });
      return createElement(Fragment, null, tags, createElement(WorkFiles, { form, work, draftKey: 'work:w1' }));
    };
    return pages.live(createElement(Form), { answer: () => ({ items: [] }) });
  };
  const ids = () => current.display.map(({ uploadId }) => uploadId);

  it('when two files are removed before the page is drawn again › both are gone', async () => {
    const page = await open();
    const removed = ['删除 f1.png', '删除 f2.png'].map((name) => page.all(`[aria-label="${name}"]`)[0] as HTMLElement);
    await page.atOnce(() => removed.map((button) => button.click()));
    expect(current.files).to.deep.equal(['f3']);
  });

  it('when two display images are removed before the page is drawn again › both are gone', async () => {
    const page = await open();
    const removed = ['删除 f1.png', '删除 f2.png'].map((name) => page.all(`[aria-label="${name}"]`)[1] as HTMLElement);
    await page.atOnce(() => removed.map((button) => button.click()));
    expect(ids()).to.deep.equal(['f3']);
  });

  it('when an image is moved twice before the page is drawn again › goes both steps', async () => {
    const page = await open();
    const up = page.named('上移 f3.png') as HTMLElement;
    await page.atOnce(() => [up.click(), up.click()]);
    expect(ids()).to.deep.equal(['f3', 'f1', 'f2']);
  });

  it('when two tags are removed before the page is drawn again › both are gone', async () => {
    const page = await open();
    const [first, second] = page.all('.ant-select-selection-item-remove') as HTMLElement[];
    await page.atOnce(() => [first?.click(), second?.click()]);
    expect(current.tags).to.deep.equal(['丙']);
  });
});
