// SPDX-License-Identifier: Apache-2.0
// The attestation form between its member and the portal: versions, drafts on this device, and where it leads.
import { mock } from 'node:test';
import { expect } from 'chai';
import { createElement } from 'react';
import { orderOf } from '../../../testing/examples.ts';
import type { Answer, Asked } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Attestation } from '../../api/attestations.ts';
import type { AttestFormState, useAttestForm as UseAttestForm } from './use-attest-form.ts';

const SAVE_AFTER_MS = 2_500;
const DRAFT = 'inkseal-draft:attestation:o1';

describe('useAttestForm', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let useAttestForm: typeof UseAttestForm;
  let form: AttestFormState;
  before(async () => {
    pages = await openWebPages();
    ({ useAttestForm } = await pages.load<{ useAttestForm: typeof UseAttestForm }>(
      'member/attestations/use-attest-form.ts',
    ));
  });
  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    await pages.closePage();
    mock.timers.reset();
  });
  after(() => pages.stop());

  const open = (order: Attestation, answer: Answer) => {
    const Form = () => {
      form = useAttestForm(order);
      return createElement('button', { type: 'button', onClick: () => void form.save() }, form.values.title);
    };
    return pages.live(createElement(Form), { answer });
  };
  /** A portal that raises the version with each save, and refuses an old one. */
  const portal = (order: Attestation): Answer => {
    let { version } = order;
    return ({ line, body }) => {
      if (line === 'POST /print-checks') return { unprintable: [''] };
      if (line.endsWith('/completeness')) return undefined;
      if ((body as { version: number }).version !== version) return refusal('version-conflict');
      version += 1;
      return { ...order, version };
    };
  };
  const refusal = (code: string, errors: object[] = []) =>
    Response.json({ code, errors }, { status: 409, headers: { 'Content-Type': 'application/problem+json' } });
  const during = async (page: { settle(): Promise<void> }, work: () => unknown) => {
    work();
    await page.settle();
  };
  const versions = (asked: readonly Asked[]) => asked.map(({ body }) => (body as { version: number }).version);

  it('when it is saved twice and then sent on › each time with the version of the last answer', async () => {
    const order = orderOf({ version: 4 });
    const page = await open(order, portal(order));
    await page.click(page.named('鹤华'));
    await page.click(page.named('鹤华'));
    await during(page, () => form.complete());
    expect(page.asked.map(({ line }) => line)).to.deep.equal([
      'PUT /attestations/o1',
      'PUT /attestations/o1',
      'PUT /attestations/o1',
      'POST /attestations/o1/completeness',
    ]);
    expect(versions(page.asked.slice(0, 3))).to.deep.equal([4, 5, 6]);
    expect(form.faults.error).to.equal(undefined);
    expect(page.address()).to.equal('/member/attest/o1/summary');
  });

  it('when something was typed › this device has it at once, and the portal a moment later', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const order = orderOf();
    const page = await open(order, portal(order));
    await during(page, () => form.change({ title: '鹤影' }));
    expect(JSON.parse(localStorage.getItem(DRAFT) ?? '{}').values.title).to.equal('鹤影');
    mock.timers.tick(SAVE_AFTER_MS - 1);
    await page.settle();
    expect(page.asked).to.deep.equal([]);
    mock.timers.tick(1);
    await page.settle();
    expect(page.asked.map(({ body }) => (body as { title: string }).title)).to.deep.equal(['鹤影']);
    await page.close();
    await open(order, portal(order));
    expect(form.values.title).to.equal('鹤影');
  });

  it('when it was saved › this device forgets its copy', async () => {
    localStorage.setItem(DRAFT, JSON.stringify({ values: { ...orderOf().form, title: '旧稿' }, id: 'o1' }));
    const order = orderOf();
    const page = await open(order, portal(order));
    expect(form.values.title).to.equal('旧稿');
    await during(page, () => form.save());
    expect(localStorage.getItem(DRAFT)).to.equal(null);
    expect(form.isSaved).to.equal(true);
  });

  it('when something is missing › keeps the copy, names every field, and stays', async () => {
    localStorage.setItem(DRAFT, JSON.stringify({ values: orderOf().form, id: 'o1' }));
    const errors = [
      { field: 'tags', code: 'missing' },
      { field: 'files.0', code: 'duplicate' },
    ];
    const page = await open(orderOf(), ({ line }) =>
      line.startsWith('PUT') ? orderOf({ version: 2 }) : refusal('incomplete', errors),
    );
    await during(page, () => form.complete());
    expect(form.faults.lines).to.have.length(2);
    expect(localStorage.getItem(DRAFT)).to.not.equal(null);
    expect(form.busy).to.equal(undefined);
    expect(page.address()).to.equal('/');
  });
});
