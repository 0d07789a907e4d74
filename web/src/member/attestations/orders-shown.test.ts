// SPDX-License-Identifier: Apache-2.0
// How orders stand, as their owners see it: in the list, with the reasons of a review, and step by step.
import { expect } from 'chai';
import { createElement } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Attestation, AttestationState, AttestationSummary, Reason } from '../../api/attestations.ts';
import type { ReviewNotice as Notice } from '../../orders/review-notice.tsx';
import type { StateText as StateOf } from '../../orders/state-text.tsx';
import type { Timeline as TimelineOf } from '../../orders/timeline.tsx';
import type { OrderRows as Rows } from './order-rows.tsx';

/** What the list offers for an order in each state. */
const OFFERED: Readonly<Record<AttestationState, readonly string[]>> = {
  DRAFT: ['继续填写', '删除'],
  SUBMITTED: ['查看', '支付订单', '取消订单'],
  AWAITING_PAYMENT: ['查看', '支付订单', '取消订单'],
  PAID: ['查看'],
  UNDER_REVIEW: ['查看'],
  RETURNED: ['查看', '修改'],
  APPROVED: ['查看'],
  ANCHORING: ['查看'],
  CERTIFIED: ['查看'],
  REVOKED: ['查看'],
  REJECTED: ['查看'],
  WITHDRAWN: ['查看'],
  CANCELLED: ['查看'],
  CLOSED: ['查看'],
};
const STATES = Object.keys(OFFERED) as AttestationState[]; // the keys of that type

describe('what is shown of orders', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let OrderRows: typeof Rows;
  let ReviewNotice: typeof Notice;
  let StateText: typeof StateOf;
  let Timeline: typeof TimelineOf;
  before(async () => {
    pages = await openWebPages();
    ({ OrderRows } = await pages.load<{ OrderRows: typeof Rows }>('member/attestations/order-rows.tsx'));
    ({ ReviewNotice } = await pages.load<{ ReviewNotice: typeof Notice }>('orders/review-notice.tsx'));
    ({ StateText } = await pages.load<{ StateText: typeof StateOf }>('orders/state-text.tsx'));
    ({ Timeline } = await pages.load<{ Timeline: typeof TimelineOf }>('orders/timeline.tsx'));
  });
  after(() => pages.stop());

  const order = (state: AttestationState, part: Partial<AttestationSummary> = {}): AttestationSummary => ({
    id: `of-${state}`,
    orderNumber: '1795860258603019053',
    workId: 'w',
    title: `画${state}`,
    displayUploadId: null,
    state,
    stateAt: '2026-11-22T05:00:04.000Z',
    paymentNumber: 'P26112200000000000001',
    isPaid: false,
    refund: null,
    channel: 'sandbox',
    certificateNumber: null,
    reasonCount: 0,
    createdAt: '2026-11-22T05:00:04.000Z',
    submittedAt: '2026-11-22T05:00:04.000Z',
    ...part,
  });
  const NOTHING_HAPPENS = { onChoose: () => undefined, onLook: () => undefined, onEnd: () => undefined };
  const rowsOf = (orders: AttestationSummary[]) =>
    [...pages.htmlOf(createElement(OrderRows, { orders, chosen: [], ...NOTHING_HAPPENS })).matchAll(/<tr>.*?<\/tr>/gs)]
      .map(([html]) => html)
      .slice(1);

  it('when an order is in any state › offers exactly what can be done with it, under its own title', () => {
    const rows = rowsOf(STATES.map((state) => order(state)));
    expect(rows).to.have.length(STATES.length);
    for (const [place, state] of STATES.entries()) {
      const [, actions = ''] = /<span class="actions">(.*?)<\/span>/s.exec(rows[place] ?? '') ?? [];
      const names = [...actions.matchAll(/aria-label="([^"]+) 画(\w+)"/g)].map(([, name, of]) => [name, of]);
      expect(names, state).to.deep.equal(OFFERED[state].map((name) => [name, state]));
      const links = [...actions.matchAll(/href="([^"]+)"/g)].map(([, address]) => address);
      for (const address of links) expect(address, state).to.include(`/of-${state}`);
    }
  });

  it('when the payment is there › says so and by what, before it only that it is missing', () => {
    const [paid = '', unpaid = '', draft = ''] = rowsOf([
      order('PAID', { isPaid: true }),
      order('AWAITING_PAYMENT'),
      order('DRAFT', { paymentNumber: null, channel: null, submittedAt: null }),
    ]);
    expect(paid).to.include('>已支付<').and.include('>模拟支付<');
    expect(unpaid).to.include('>未支付<').and.not.include('模拟支付');
    expect(draft).to.not.include('支付<').and.not.include('2026-11-22');
    for (const row of [paid, unpaid])
      expect(row).to.include('1795860258603019053').and.include('P26112200000000000001');
  });

  it('when the money goes back › says how far it is, and by what it came', () => {
    const rows = rowsOf(
      (['REFUNDING', 'REFUNDED', 'REFUND_FAILED'] as const).map((refund) =>
        order('REJECTED', { isPaid: true, refund }),
      ),
    );
    for (const [place, words] of ['退款中', '已退款', '退款未成功'].entries())
      expect(rows[place]).to.include(`>${words}<`).and.include('>模拟支付<').and.not.include('已支付');
  });

  it('when an order was returned › the list says with how many items', () => {
    expect(rowsOf([order('RETURNED', { reasonCount: 2 })]).join()).to.include('审核退回，共 2 项');
  });

  it('when a state is named › has another word than every other state, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const words = STATES.map((state) => pages.textOf(createElement(StateText, { state }), language));
      expect(new Set(words).size, language).to.equal(STATES.length);
      expect(words.every((word) => word !== '')).to.equal(true);
    }
  });

  it('when the owner has to act › the state stands out, and only then', () => {
    const acting = STATES.filter((state) => pages.htmlOf(createElement(StateText, { state })).includes('state-act'));
    expect(acting).to.deep.equal(['SUBMITTED', 'AWAITING_PAYMENT', 'RETURNED']);
    const done = STATES.filter((state) => pages.htmlOf(createElement(StateText, { state })).includes('state-done'));
    expect(done).to.deep.equal(['CERTIFIED']);
  });

  const reasons: Reason[] = [
    { field: 'title', code: 'unclear', text: '请写全名。' },
    { field: 'files.1', code: 'incomplete', text: '请补充第二页。' },
  ];

  it('when a review returns an order › counts and shows every reason, and the day in Beijing until which it waits', () => {
    // 16:30 in Greenwich is the next day in Beijing.
    const review = { decision: 'RETURN' as const, reasons, deadline: '2026-12-21T16:30:00.000Z' };
    const notice = createElement(ReviewNotice, {
      review,
      idOf: (field: string) => `attest-${field.replace('.', '-')}`,
    });
    expect(pages.textOf(notice)).to.include('审核退回，共 2 项。请在 2026-12-22 前修改并重新提交，逾期视为撤回。');
    const html = pages.htmlOf(notice);
    expect(html).to.match(/<li><a href="#attest-title">[^<]+<\/a> · 看不清：请写全名。<\/li>/);
    expect(html).to.match(/<li><a href="#attest-files-1">[^<]*2[^<]*<\/a> · 不完整：请补充第二页。<\/li>/);
    expect(pages.textOf(notice, 'en')).to.include('Returned with 2 items. Resubmit by 2026-12-22');
  });

  it('when a review rejects an order › asks for nothing any more', () => {
    const review = { decision: 'REJECT' as const, reasons, deadline: null };
    const text = pages.textOf(createElement(ReviewNotice, { review }));
    expect(text).to.include('审核不通过，共 2 项原因。').and.not.include('重新提交').and.not.include('2026');
    expect(text).to.include('请写全名。').and.include('请补充第二页。');
  });

  it('when an order went through two rounds › shows each step with its time, round, reviewer and reasons, in order', () => {
    type Step = Attestation['history'][number];
    const step = (name: Step['step'], at: string, part: Partial<Step> = {}): Step => ({
      step: name,
      at,
      round: null,
      filedBy: null,
      reviewer: null,
      reasons: [],
      ...part,
    });
    const history = [
      step('submitted', '2026-11-22T05:00:04.000Z', { round: 1 }),
      step('returned', '2026-11-22T15:59:59.000Z', { round: 1, reviewer: 'R7', reasons }),
      step('submitted', '2026-11-22T16:00:00.000Z', { round: 2 }),
    ];
    const html = pages.htmlOf(createElement(Timeline, { history }));
    const times = [...html.matchAll(/<time[^>]*>([^<]+)</g)].map(([, time]) => time);
    expect(times).to.deep.equal(['2026-11-22 13:00:04', '2026-11-22 23:59:59', '2026-11-23 00:00:00']);
    expect(html)
      .to.match(/第 1 轮.*第 1 轮.*第 2 轮/s)
      .and.include('审核员 R7');
    expect(html.match(/请写全名。|请补充第二页。/g)).to.have.length(2);
  });
});
