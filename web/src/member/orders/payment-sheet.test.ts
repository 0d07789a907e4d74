// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { create } from 'qrcode';
import { createElement } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { ApiError as ErrorOf } from '../../api/api-error.ts';
import type { Payment } from '../../api/attestations.ts';
import type { PaymentSheet as Sheet } from './payment-sheet.tsx';

const MINUTE_MS = 60_000;
const CODE = 'https://pay.example/qr/7Kd93jQ';
const PAY = 'https://pay.example/open/7Kd93jQ';

describe('PaymentSheet', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let PaymentSheet: typeof Sheet;
  let ApiError: typeof ErrorOf;
  before(async () => {
    pages = await openWebPages();
    ({ ApiError } = await pages.load<{ ApiError: typeof ErrorOf }>('api/api-error.ts'));
    ({ PaymentSheet } = await pages.load<{ PaymentSheet: typeof Sheet }>('member/orders/payment-sheet.tsx'));
  });
  after(() => pages.stop());

  const payment = (leftMs: number, part: Partial<Payment> = {}): Payment => ({
    id: 'p1',
    outTradeNo: 'P1',
    joint: null,
    channel: 'sandbox',
    state: 'WAITING',
    amountFen: 3_000,
    paidAt: null,
    codeUrl: CODE,
    payUrl: PAY,
    createdAt: new Date(Date.now() + leftMs - 30 * MINUTE_MS).toISOString(),
    expiresAt: new Date(Date.now() + leftMs).toISOString(),
    ...part,
  });
  const renew = { mutate: () => undefined, isPending: false, error: null as unknown };
  const sheet = (of: Payment, error: unknown = null) =>
    createElement(PaymentSheet, { payment: of, renew: { ...renew, error } });
  const pathIn = (html: string) => [...html.matchAll(/ d="(M[^"]+)"/g)].at(-1)?.[1] ?? '';

  it('when the fee is 3,000 fen › shows ¥30.00 in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      expect(pages.textOf(sheet(payment(10 * MINUTE_MS)), language)).to.match(/¥30\.00(?!\d)/);
      expect(pages.textOf(sheet(payment(10 * MINUTE_MS, { amountFen: 5 })), language)).to.include('¥0.05');
    }
  });

  it('when it can be paid › shows the code of this payment, with a quiet zone of four modules', () => {
    const html = pages.htmlOf(sheet(payment(10 * MINUTE_MS)));
    const { size, data } = create(CODE, { errorCorrectionLevel: 'M' }).modules;
    expect(html).to.include(`viewBox="0 0 ${size + 8} ${size + 8}"`);
    const dark = new Set<string>();
    for (const [, x, y, width] of pathIn(html).matchAll(/M(\d+) (\d+)h(\d+)/g))
      for (let at = 0; at < Number(width); at++) dark.add(`${Number(x) + at - 4},${Number(y) - 4}`);
    const expected = [...data].flatMap((bit, index) => (bit ? [`${index % size},${Math.floor(index / size)}`] : []));
    expect([...dark].sort()).to.deep.equal(expected.sort());
    expect(pathIn(pages.htmlOf(sheet(payment(10 * MINUTE_MS, { codeUrl: `${CODE}x` }))))).to.not.equal(pathIn(html));
  });

  it('when it can be paid on this telephone › the first button opens the payment', () => {
    expect(pages.htmlOf(sheet(payment(10 * MINUTE_MS)))).to.match(new RegExp(`<a[^>]*href="${PAY}"[^>]*>.*?<button`));
    expect(pages.htmlOf(sheet(payment(10 * MINUTE_MS, { payUrl: null })))).to.not.include('<a ');
  });

  it('when it was paid › says so until the page moves on, and not that the code is over', () => {
    const html = pages.htmlOf(sheet(payment(10 * MINUTE_MS, { state: 'PAID' })));
    expect(html).to.include('付款成功').and.not.include('role="alert"').and.not.include('class="qr"');
  });

  it('when a provider outside takes the money › names it, and says nothing of a simulation', () => {
    const alipay = { channel: 'alipay', payUrl: null } as const;
    const text = pages.textOf(sheet(payment(10 * MINUTE_MS, alipay)));
    expect(text).to.include('请用支付宝扫码付款').and.not.include('模拟');
    expect(pages.textOf(sheet(payment(10 * MINUTE_MS))))
      .to.include('模拟')
      .and.not.include('支付宝');
  });

  it('when it is for the telephone alone › has a button that opens the app, and speaks of no code', () => {
    const onPhone = (leftMs: number) => sheet(payment(leftMs, { channel: 'wechat', codeUrl: null }));
    const html = pages.htmlOf(onPhone(10 * MINUTE_MS));
    expect(html)
      .to.match(new RegExp(`<a[^>]*href="${PAY}"`))
      .and.include('referrerPolicy="origin"');
    expect(pages.textOf(onPhone(10 * MINUTE_MS)))
      .to.include('打开微信支付付款')
      .and.not.include('二维码');
    expect(pages.textOf(onPhone(-1)))
      .to.include('付款时间已过')
      .and.not.include('二维码');
    expect(pages.textOf(onPhone(10 * MINUTE_MS), 'en')).to.include('Pay in WeChat Pay');
  });

  it('when its time is over or it ended otherwise › says so, and shows neither code nor link', () => {
    for (const over of [payment(-1), payment(0), payment(10 * MINUTE_MS, { state: 'CLOSED' })]) {
      const html = pages.htmlOf(sheet(over));
      expect(html).to.match(/role="alert"[^>]*>[^<]*二维码已失效/);
      expect(html).to.not.include('class="qr"').and.not.include(PAY);
    }
  });

  it('when nothing was received for a minute › says that a payment need not be made twice', () => {
    const begun = (agoMs: number) => payment(30 * MINUTE_MS - agoMs);
    expect(pages.textOf(sheet(begun(59_000)))).to.not.include('请勿再付');
    expect(pages.textOf(sheet(begun(61_000)))).to.include('请勿再付');
  });

  it('when five minutes or one are left › reads it out, and at no other minute', () => {
    const said = [6, 5, 4, 2, 1].filter((minutes) =>
      /visually-hidden">[^<]/.test(pages.htmlOf(sheet(payment(minutes * MINUTE_MS - 5_000)))),
    );
    expect(said).to.deep.equal([5, 1]);
  });

  it('when another code cannot be had › says why', () => {
    const refused = new ApiError('payment-unavailable', { status: 503 });
    expect(pages.textOf(sheet(payment(MINUTE_MS), refused))).to.include('支付渠道');
    expect(pages.htmlOf(sheet(payment(MINUTE_MS), refused))).to.include('notice-error');
    expect(pages.htmlOf(sheet(payment(MINUTE_MS)))).to.not.include('notice-error');
  });
});
