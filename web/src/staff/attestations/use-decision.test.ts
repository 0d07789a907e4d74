// SPDX-License-Identifier: Apache-2.0
// A decision on its way: kept per order and round, complete before anything is asked, and sent once.
import { expect } from 'chai';
import { createElement } from 'react';
import { staffOrderOf } from '../../../testing/examples.ts';
import type { Answer } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { StaffAttestation } from '../../api/staff.ts';
import type { useDecision as UseDecision } from './use-decision.ts';

type Form = ReturnType<typeof UseDecision>;
const REASON = { field: 'title', code: 'unclear', text: '请写全名。' } as const;
const HALF = { field: 'intro', code: '', text: '' } as const;

describe('useDecision', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let useDecision: typeof UseDecision;
  let form: Form;
  let conflicts: number;
  before(async () => {
    pages = await openWebPages();
    ({ useDecision } = await pages.load<{ useDecision: typeof UseDecision }>('staff/attestations/use-decision.ts'));
  });
  beforeEach(() => localStorage.clear());
  after(() => pages.stop());

  const open = (order: Partial<StaffAttestation> = {}, answer?: Answer) => {
    conflicts = 0;
    const Panel = () => {
      form = useDecision(staffOrderOf(order), () => (conflicts += 1));
      return null;
    };
    return pages.live(createElement(Panel), { at: '/staff/attestations/o1', ...(answer && { answer }) });
  };
  const during = async (page: { settle(): Promise<void> }, work: () => unknown) => {
    work();
    await page.settle();
  };
  const write = (page: { settle(): Promise<void> }) =>
    during(page, () => form.change({ decision: 'RETURN', reasons: [REASON] }));

  it('when a reviewer comes back to the same round › finds what they wrote', async () => {
    await write(await open());
    await open();
    expect(form.values).to.deep.equal({ decision: 'RETURN', reasons: [REASON] });
  });

  for (const [other, order] of [
    ['round', { round: 2 }],
    ['order', { id: 'o2' }],
  ] as const)
    it(`when it is another ${other} › begins with nothing chosen and nothing written`, async () => {
      await write(await open());
      await open(order);
      expect(form.values).to.deep.equal({ decision: null, reasons: [] });
    });

  it('when a reason lacks something › names each part that is missing, and is not ready', async () => {
    const page = await open();
    await during(page, () => form.change({ decision: 'REJECT', reasons: [REASON, HALF] }));
    let isReady = true;
    await during(page, () => (isReady = form.isReady()));
    expect(isReady).to.equal(false);
    expect(form.faults.lines.map(({ fieldId, label }) => [fieldId, label])).to.deep.equal([
      ['decision-reasons-1-code', '第 2 项 问题'],
      ['decision-reasons-1-text', '第 2 项 请怎样改'],
    ]);
  });

  it('when there is no reason at all › returning and rejecting are not ready, approving is', async () => {
    const page = await open();
    for (const [decision, isReady] of [
      ['RETURN', false],
      ['REJECT', false],
      ['APPROVE', true],
    ] as const) {
      await during(page, () => form.change({ decision, reasons: [] }));
      let found = !isReady;
      await during(page, () => (found = form.isReady()));
      expect(found, decision).to.equal(isReady);
    }
  });

  it('when an order is approved › sends its round and no reason that was written before', async () => {
    const page = await open({ round: 3 }, () => staffOrderOf());
    await write(page);
    await during(page, () => form.decide.mutate('APPROVE'));
    expect(page.asked).to.deep.equal([
      {
        line: 'POST /staff/attestations/o1/decision',
        body: { round: 3, decision: 'APPROVE', reasons: [] },
      },
    ]);
    expect(page.address()).to.equal('/staff/attestations');
    await open({ round: 3 });
    expect(form.values.reasons, 'the draft was forgotten').to.deep.equal([]);
  });

  it('when an order is returned › sends every complete reason', async () => {
    const page = await open({}, () => staffOrderOf());
    await during(page, () =>
      form.change({ decision: 'RETURN', reasons: [REASON, HALF, { ...REASON, field: 'tags' }] }),
    );
    await during(page, () => form.decide.mutate('RETURN'));
    expect(page.asked.at(-1)?.body).to.deep.equal({
      round: 1,
      decision: 'RETURN',
      reasons: [REASON, { ...REASON, field: 'tags' }],
    });
  });

  it('when another reviewer was quicker › says so, looks again, and keeps what was written', async () => {
    const page = await open({}, () =>
      Response.json(
        { code: 'review-conflict' },
        { status: 409, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    );
    await write(page);
    await during(page, () => form.decide.mutate('RETURN'));
    expect(form.faults.error?.code).to.equal('review-conflict');
    expect(conflicts).to.equal(1);
    expect(page.address()).to.equal('/staff/attestations/o1');
    await open();
    expect(form.values.reasons).to.deep.equal([REASON]);
  });
});
