// SPDX-License-Identifier: Apache-2.0
// Files and display images of an order on a busy machine: each change is made to what the last one left.
import { expect } from 'chai';
import { createElement } from 'react';
import { fileOf, orderOf } from '../../../testing/examples.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Attestation, AttestationForm } from '../../api/attestations.ts';
import type { useFormValues as UseFormValues } from '../../kit/form-values.ts';
import type { AttestFiles as AttestFilesOf } from './attest-files.tsx';
import type { AttestFormState } from './use-attest-form.ts';

const UPLOADS = ['f1', 'f2', 'f3'];

describe('the lists of an order', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let AttestFiles: typeof AttestFilesOf;
  let useFormValues: typeof UseFormValues;
  let current: AttestationForm;
  before(async () => {
    pages = await openWebPages();
    ({ AttestFiles } = await pages.load<{ AttestFiles: typeof AttestFilesOf }>('member/attestations/attest-files.tsx'));
    ({ useFormValues } = await pages.load<{ useFormValues: typeof UseFormValues }>('kit/form-values.ts'));
  });
  after(() => pages.stop());

  const open = (part: Partial<AttestationForm>) => {
    const files = UPLOADS.map((id) => fileOf(id));
    const attestation: Attestation = { ...orderOf(), files, display: files };
    const Form = () => {
      const { values, change } = useFormValues({ ...attestation.form, ...part }, () => undefined);
      current = values;
      const faults = { idOf: (field: string) => field, sentenceOf: () => undefined };
      const form = { attestation, values, change, faults } as unknown as AttestFormState; // the part that lists use
      return createElement(AttestFiles, { form });
    };
    return pages.live(createElement(Form), { answer: () => ({ files, display: files, cover: null }) });
  };
  const all = UPLOADS.map((uploadId) => ({ uploadId }));

  for (const [place, table] of ['files', 'display'].entries())
    it(`when two of ${table} are removed before the page is drawn again › both are gone`, async () => {
      const page = await open({ files: all, display: all });
      const removed = ['删除 f1.png', '删除 f2.png'].map((name) => page.all(`[aria-label="${name}"]`)[place]);
      await page.atOnce(() => removed.map((button) => (button as HTMLElement).click()));
      expect(current[table as 'files' | 'display']).to.deep.equal([{ uploadId: 'f3' }]);
    });
});
