// SPDX-License-Identifier: Apache-2.0
// What the list of works offers while an order holds a work, and once it no longer does.
import { expect } from 'chai';
import { createElement, useState } from 'react';
import { workSummaryOf } from '../../../testing/examples.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { AttestationState } from '../../api/attestations.ts';
import type { WorkSummary } from '../../api/works.ts';
import type { WorkRows as Rows } from './work-rows.tsx';

/** What can be done with a work whose newest order is in this state. */
const BY_STATE: Readonly<Record<AttestationState, { isHeld: boolean; attest: string }>> = {
  DRAFT: { isHeld: false, attest: '继续确权存证' },
  SUBMITTED: { isHeld: true, attest: '已提交，待支付' },
  AWAITING_PAYMENT: { isHeld: true, attest: '待支付' },
  PAID: { isHeld: true, attest: '已支付，等待审核' },
  UNDER_REVIEW: { isHeld: true, attest: '审核中' },
  RETURNED: { isHeld: false, attest: '审核退回' },
  APPROVED: { isHeld: true, attest: '审核通过，等待上链' },
  ANCHORING: { isHeld: true, attest: '上链中' },
  CERTIFIED: { isHeld: false, attest: '已出证' },
  REVOKED: { isHeld: false, attest: '去确权存证' },
  REJECTED: { isHeld: false, attest: '去确权存证' },
  WITHDRAWN: { isHeld: false, attest: '去确权存证' },
  CANCELLED: { isHeld: false, attest: '去确权存证' },
  CLOSED: { isHeld: false, attest: '去确权存证' },
};

describe('WorkRows', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let WorkRows: typeof Rows;
  let chosen: readonly string[];
  let removed: string[];
  before(async () => {
    pages = await openWebPages();
    ({ WorkRows } = await pages.load<{ WorkRows: typeof Rows }>('member/works/work-rows.tsx'));
  });
  after(() => pages.stop());

  const ordered = (state: string, part: Partial<WorkSummary> = {}) =>
    workSummaryOf({ id: `w-${state}`, title: `画${state}`, attestation: { id: `o-${state}`, state }, ...part });
  const open = (works: WorkSummary[]) => {
    removed = [];
    const List = () => {
      const [ids, setIds] = useState<readonly string[]>([]);
      chosen = ids;
      return createElement(WorkRows, {
        works,
        chosen: ids,
        onChoose: setIds,
        onRemove: (id: string) => void removed.push(id),
      });
    };
    return pages.live(createElement(List), { answer: () => ({ id: 'new-order' }) });
  };

  for (const [state, { isHeld, attest }] of Object.entries(BY_STATE))
    it(`when the order of a work is ${state} › the work ${isHeld ? 'stays as it is' : 'can be changed'}`, async () => {
      const page = await open([ordered(state)]);
      expect(page.find('tbody input[type="checkbox"]').hasAttribute('disabled')).to.equal(isHeld);
      expect(page.text().includes('存证中，不能修改或删除')).to.equal(isHeld);
      expect(page.all(`a[href="/member/publish/w-${state}"]`)).to.have.length(isHeld ? 0 : 1);
      expect(page.text()).to.include(attest);
      if (!isHeld) await page.click(page.named(`删除 画${state}`));
      expect(removed).to.deep.equal(isHeld ? [] : [`w-${state}`]);
    });

  it('when all are chosen › takes those that may be deleted, and no other', async () => {
    const page = await open([ordered('CERTIFIED'), ordered('AWAITING_PAYMENT'), workSummaryOf(), ordered('PAID')]);
    await page.click(page.find('thead input[type="checkbox"]'));
    expect(chosen).to.deep.equal(['w-CERTIFIED', 'w1']);
    await page.click(page.named('选择 鹤华'));
    expect(chosen).to.deep.equal(['w-CERTIFIED']);
    await page.click(page.named('选择 鹤华'));
    expect(chosen).to.deep.equal(['w-CERTIFIED', 'w1']);
  });

  it('when two are chosen before the page is drawn again › both are', async () => {
    const page = await open([workSummaryOf({ id: 'w1', title: '鹤' }), workSummaryOf({ id: 'w2', title: '华' })]);
    const boxes = ['选择 鹤', '选择 华'].map((name) => page.named(name) as HTMLElement);
    await page.atOnce(() => boxes.map((box) => box.click()));
    expect(chosen).to.deep.equal(['w1', 'w2']);
  });

  it('when a work is a draft › has to be saved before anything else, and still has a name', async () => {
    const page = await open([workSummaryOf({ state: 'DRAFT', title: '' })]);
    expect(page.text()).to.include('先保存作品').and.include('未命名草稿');
    expect(page.all('button').map((each) => each.getAttribute('aria-label'))).to.deep.equal(['删除 未命名草稿']);
  });

  it('when the attestation of a work begins › asks for an order of this work, and opens its form', async () => {
    const page = await open([ordered('REVOKED'), workSummaryOf()]);
    await page.click(page.named('去确权存证 画REVOKED'));
    expect(page.asked).to.deep.equal([{ line: 'POST /attestations', body: { workId: 'w-REVOKED' } }]);
    expect(page.address()).to.equal('/member/attest/new-order');
  });
});
