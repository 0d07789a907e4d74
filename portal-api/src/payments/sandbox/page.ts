// SPDX-License-Identifier: Apache-2.0
// The page that the sandbox's QR code opens on a telephone. A plain form, no script.
import express, { type Response, type Router } from 'express';
import type { SandboxOrder } from './provider.ts';

export interface SandboxPageParts {
  find(outTradeNo: string): Promise<SandboxOrder | undefined>;
  confirm(outTradeNo: string): Promise<SandboxOrder | undefined>;
}

export function sandboxPages({ find, confirm }: SandboxPageParts): Router {
  const router = express.Router();
  router.get('/sandbox/pay/:outTradeNo', async (req, res) => show(res, await find(req.params.outTradeNo)));
  router.post('/sandbox/pay/:outTradeNo', async (req, res) => {
    const { outTradeNo } = req.params;
    const isPaid = await confirm(outTradeNo).then(Boolean, () => false);
    show(res, await find(outTradeNo), isPaid ? undefined : NOT_NOW);
  });
  return router;
}

const NOT_NOW: Text = ['支付没有完成，请返回重新扫码', 'Not paid: go back and scan the code again'];

type Text = readonly [zh: string, en: string];

function show(res: Response, order: SandboxOrder | undefined, notice?: Text): void {
  res
    .status(order ? 200 : 404)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(page(order, notice));
}

function page(order: SandboxOrder | undefined, notice: Text | undefined): string {
  const body = order ? orderBody(order) : line('h1', ['没有这笔支付', 'There is no such payment']);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟支付 Simulated payment</title><style>${STYLE}</style></head>
<body><main><p class="tag">模拟支付，不扣款<small>Simulated payment: no money moves</small></p>
${notice ? line('p class="notice" role="alert"', notice) : ''}${body}</main></body></html>`;
}

function orderBody(order: SandboxOrder): string {
  const isOver = order.state === 'open' && new Date(order.expiresAt) < new Date();
  const yuan = `<p class="amount">¥${(order.amountFen / 100).toFixed(2)}</p>`;
  const facts = `<p class="subject">${htmlText(order.subject)}</p><p class="number">${htmlText(order.outTradeNo)}</p>`;
  if (order.state === 'open' && !isOver) {
    return `${line('h1', ['确认支付', 'Confirm the payment'])}${yuan}${facts}
<form method="post" action="/sandbox/pay/${encodeURIComponent(order.outTradeNo)}"><button>立即支付<small>Pay now</small></button></form>`;
  }
  return line('h1', OUTCOMES[order.state === 'open' ? 'closed' : order.state]) + yuan + facts;
}

const OUTCOMES: Readonly<Record<'paid' | 'closed' | 'refunded', Text>> = {
  paid: ['支付成功', 'Paid. You may close this page'],
  closed: ['二维码已失效', 'This code is no longer valid'],
  refunded: ['款项已退回', 'The payment was refunded'],
};

function line(tag: string, [zh, en]: Text): string {
  return `<${tag}>${zh}<small>${en}</small></${tag.split(' ')[0]}>`;
}

function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

const STYLE = `
*{box-sizing:border-box}body{margin:0;background:#f3f5f8;color:#1b2433;font:16px/1.5 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:420px;margin:0 auto;min-height:100vh;padding:24px 20px;background:#fff;text-align:center}
small{display:block;font-size:13px;font-weight:400;color:#5a6678}h1{font-size:22px;margin:24px 0 8px}
.tag{margin:0;padding:10px;border-radius:8px;background:#fff4d6;color:#6b4a00;font-size:14px}.tag small{color:#6b4a00}
.notice{padding:10px;border-radius:8px;background:#fde8e8;color:#8f1d1d}.notice small{color:#8f1d1d}
.amount{margin:16px 0;font-size:40px;font-weight:700}.subject{margin:0;overflow-wrap:anywhere}.number{margin:4px 0 28px;color:#5a6678;font-size:13px;overflow-wrap:anywhere}
button{width:100%;min-height:56px;border:0;border-radius:10px;background:#1565d8;color:#fff;font:inherit;font-weight:700;cursor:pointer}
button small{color:#e3edfd}button:focus-visible{outline:3px solid #0b3d91;outline-offset:3px}`;
