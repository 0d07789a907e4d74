// SPDX-License-Identifier: Apache-2.0
// The summary's last step between its member and the portal: what is sent, and where it leads.
import { expect } from 'chai';
import { createElement } from 'react';
import { orderOf } from '../../../testing/examples.ts';
import type { Answer } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Attestation } from '../../api/attestations.ts';
import type { useSubmission as UseSubmission } from './use-submission.ts';

describe('useSubmission', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let useSubmission: typeof UseSubmission;
  let submission: ReturnType<typeof UseSubmission>;
  before(async () => {
    pages = await openWebPages();
    ({ useSubmission } = await pages.load<{ useSubmission: typeof UseSubmission }>(
      'member/attestations/use-submission.ts',
    ));
  });
  afterEach(() => pages.closePage());
  after(() => pages.stop());

  const submit = async (order: Attestation, answer: Answer) => {
    const Summary = () => {
      submission = useSubmission(order);
      return createElement('p', {}, order.form.title);
    };
    const page = await pages.live(createElement(Summary), { answer });
    void submission.submit(3_000);
    await page.settle();
    return page;
  };
  const refusal = (code: string, errors: object[] = []) =>
    Response.json({ code, errors }, { status: 409, headers: { 'Content-Type': 'application/problem+json' } });

  it('when a draft is submitted › sends the version and the price that were read, and goes on to the payment', async () => {
    const page = await submit(orderOf({ version: 7 }), () => orderOf({ state: 'SUBMITTED', allowed: ['pay'] }));
    expect(page.asked.at(-1)).to.deep.include({
      line: 'POST /attestations/o1/submission',
      body: { version: 7, priceFen: 3_000 },
    });
    expect(page.address()).to.equal('/member/attestations/o1/payment');
  });

  it('when an order that came back is submitted › asks for a new review, and for no second payment', async () => {
    const page = await submit(orderOf({ state: 'RETURNED', version: 3 }), () => orderOf({ allowed: [] }));
    expect(page.asked.at(-1)).to.deep.include({ line: 'POST /attestations/o1/resubmission', body: { version: 3 } });
    expect(page.address()).to.equal('/member/attestations/o1');
  });

  it('when the portal refuses it › names every field, and stays', async () => {
    const errors = [
      { field: 'tags', code: 'missing' },
      { field: 'files.0', code: 'duplicate' },
    ];
    const page = await submit(orderOf(), () => refusal('invalid-request', errors));
    expect(submission.faults.lines).to.have.length(2);
    expect(submission.isBusy).to.equal(false);
    expect(page.address()).to.equal('/');
  });
});
