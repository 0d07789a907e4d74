// SPDX-License-Identifier: Apache-2.0
// How registrations stand, as their owners see it: in the list, with the reasons of a review, and field by field.
import { expect } from 'chai';
import { createElement } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Reason } from '../../api/attestations.ts';
import type { Registration, RegistrationState, RegistrationSummary } from '../../api/registrations.ts';
import type { RegistrationNotice as Notice } from './registration-notice.tsx';
import type { RegistrationRows as Rows } from './registration-rows.tsx';

/** What the list offers besides 查看. */
const OFFERED: Readonly<Record<RegistrationState, readonly string[]>> = {
  DRAFT: ['继续填写'],
  AWAITING_PAYMENT: ['支付订单'],
  INITIAL_REVIEW: [],
  INITIAL_RETURNED: ['修改'],
  FINAL_REVIEW: [],
  FINAL_RETURNED: ['修改'],
  REGISTERING: [],
  REGISTERED: [],
  NOT_REGISTERED: [],
  WITHDRAWN: [],
  REVOKED: [],
};
const STATES = Object.keys(OFFERED) as RegistrationState[]; // the keys of that type
const DAY_MS = 86_400_000;

describe('what is shown of registrations', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let RegistrationRows: typeof Rows;
  let RegistrationNotice: typeof Notice;
  before(async () => {
    pages = await openWebPages();
    const folder = 'member/registrations';
    ({ RegistrationRows } = await pages.load<{ RegistrationRows: typeof Rows }>(`${folder}/registration-rows.tsx`));
    ({ RegistrationNotice } = await pages.load<{ RegistrationNotice: typeof Notice }>(
      `${folder}/registration-notice.tsx`,
    ));
  });
  after(() => pages.stop());

  const summary = (state: RegistrationState, part: Partial<RegistrationSummary> = {}): RegistrationSummary => ({
    id: `of-${state}`,
    orderNumber: '1311051137889075200',
    registrationNumber: null,
    workId: 'w',
    workSerial: 76,
    title: `画${state}`,
    displayUploadId: null,
    state,
    stateAt: '2026-11-22T05:00:04.000Z',
    paymentNumber: 'P26112200000000000001',
    isPaid: false,
    isFree: false,
    refund: null,
    certificateNumber: null,
    reasonCount: 0,
    createdAt: '2026-11-22T05:00:04.000Z',
    submittedAt: '2026-11-22T05:00:04.000Z',
    ...part,
  });
  const rowsOf = (registrations: RegistrationSummary[]) => {
    const nothing = { chosen: [], onChoose: () => undefined, onLook: () => undefined };
    const html = pages.htmlOf(createElement(RegistrationRows, { registrations, ...nothing }));
    return [...html.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) => row).slice(1);
  };

  it('when a registration is in any state › offers exactly what can be done with it, under its own title', () => {
    const rows = rowsOf(STATES.map((state) => summary(state)));
    for (const [place, state] of STATES.entries()) {
      const [, actions = ''] = /<span class="actions">(.*?)<\/span><\/td>/s.exec(rows[place] ?? '') ?? [];
      const names = [...actions.matchAll(/aria-label="([^"]+) 画(\w+)"/g)].map(([, name]) => name);
      expect(names, state).to.deep.equal(['查看', ...OFFERED[state]]);
    }
  });

  it('when a registration is in any state › shows the state or the certificate, never both', () => {
    const rows = rowsOf(STATES.map((state) => summary(state)));
    for (const [place, state] of STATES.entries()) {
      const row = rows[place] ?? '';
      expect(row.includes('作品当前状态为：'), state).to.equal(state !== 'REGISTERED');
      expect(row.includes('下载证书'), state).to.equal(state === 'REGISTERED');
    }
  });

  it('when it is free › says so in place of a payment number', () => {
    const [free = '', paid = ''] = rowsOf([
      summary('INITIAL_REVIEW', { isFree: true, paymentNumber: null }),
      summary('INITIAL_REVIEW'),
    ]);
    expect(free).to.include('免费');
    expect(paid).to.include('P26112200000000000001').and.not.include('免费');
  });

  it('when money goes back › says how far it is, and nothing of money where there is none', () => {
    const rows = rowsOf([
      summary('NOT_REGISTERED', { isPaid: true, refund: 'REFUNDED' }),
      summary('INITIAL_REVIEW', { isPaid: true }),
      summary('AWAITING_PAYMENT'),
      summary('INITIAL_REVIEW', { isFree: true, isPaid: false, paymentNumber: null }),
    ]);
    for (const [place, word] of ['已退款', '已支付', '未支付'].entries()) expect(rows[place]).to.include(`>${word}<`);
    expect(rows[3]).to.not.include('支付<');
  });

  const reasons: Reason[] = [
    { field: 'documents.GUARANTEE', code: 'unclear', text: '看不清签字。' },
    { field: 'documents.0', code: 'incomplete', text: '缺第二页。' },
    { field: 'owners.1', code: 'inconsistent', text: '与协议不同。' },
    { field: 'publication.city', code: 'other', text: '请写到市。' },
  ];
  const noticeOf = (state: RegistrationState, level: 'INITIAL' | 'FINAL', deadline: string | null) => {
    const decision = deadline ? 'RETURN' : 'REJECT';
    const review = { level, decision, reasons, decidedAt: '2026-11-22T05:00:04.000Z', deadline } as const;
    const form = { documents: [{ kind: 'COOPERATION_AGREEMENT', uploadId: 'u' }] };
    const registration = { state, review, form } as unknown as Registration; // the part that the notice reads
    return pages.textOf(createElement(RegistrationNotice, { registration }));
  };

  it('when a review returns it › names the level, each reason with its field in words, and how many days are left', () => {
    const deadline = new Date(Date.now() + 12 * DAY_MS).toISOString();
    const text = noticeOf('FINAL_RETURNED', 'FINAL', deadline);
    expect(text).to.include('复审退回，共 4 项。').and.include('还有 12 天');
    for (const words of [
      '自愿登记权利保证书 · 看不清：看不清签字。',
      '合作协议 · 不完整：缺第二页。',
      '第 2 位著作权人 · 前后不一致：与协议不同。',
      '首次发表城市 · 其他：请写到市。',
    ])
      expect(text).to.include(words);
  });

  it('when it is not registered › asks for nothing any more', () => {
    const text = noticeOf('NOT_REGISTERED', 'INITIAL', null);
    expect(text).to.include('初审：不予登记，共 4 项原因。').and.not.include('重新提交');
  });
});
