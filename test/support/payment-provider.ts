// SPDX-License-Identifier: Apache-2.0
// What the providers of tests have in common: their books, what goes wrong with them, and a server on loopback.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Trade {
  outTradeNo: string;
  amountFen: number;
  expiresAt: Date;
  /** As the payer pays it: by a code that they scan, or on the telephone that shows it. */
  scene: 'code' | 'phone';
  notifyUrl: string;
  tradeNo: string;
  /** `offered`: nobody has scanned the code. */
  state: 'offered' | 'begun' | 'paid' | 'closed';
  paidAt: Date | undefined;
  refunds: { refundNo: string; amountFen: number; at: Date; isPending: boolean }[];
}

/** What the provider does wrong from now on. */
export interface Faults {
  /** So many of these requests are done, and their answers lost. */
  lostAnswers: number;
  /** By method, path and body. */
  lostOf: RegExp;
  /** So many requests are answered 500, and not done. */
  outages: number;
  /** Answers are signed with somebody else's key. */
  forgedAnswers: boolean;
  /** Refunds are taken and made later, by `settleRefunds`. */
  slowRefunds: boolean;
  /** What it states instead of the truth. */
  statedFen: number | undefined;
  /** Over what it would answer, and signs. */
  restated: object;
}

export interface Books {
  trades: Map<string, Trade>;
  faults: Faults;
  /** Requests with a wrong signature, which were refused. */
  refused: number;
}

export const newBooks = (): Books => ({
  trades: new Map(),
  faults: {
    ...{ lostAnswers: 0, lostOf: /./, outages: 0, forgedAnswers: false, slowRefunds: false },
    ...{ statedFen: undefined, restated: {} },
  },
  refused: 0,
});

export const newTradeNo = (): string => `42${Array.from({ length: 26 }, () => randomInt(10)).join('')}`;

/** Marks it as paid; throws when nobody can pay it. */
export function payTrade(books: Books, outTradeNo: string, at = new Date()): Trade {
  const trade = books.trades.get(outTradeNo);
  if (!trade || trade.state === 'closed' || trade.state === 'paid' || trade.expiresAt < new Date())
    throw new Error(`nobody can pay ${outTradeNo}: ${trade?.state}`);
  trade.state = 'paid';
  trade.paidAt = at;
  return trade;
}

/** Of a refund as providers see it: the same number is the same refund. */
export function refundTrade(
  { faults }: Books,
  trade: Trade,
  refund: { refundNo: string; amountFen: number },
): { made: Trade['refunds'][number]; isNew: boolean } | undefined {
  const known = trade.refunds.find(({ refundNo }) => refundNo === refund.refundNo);
  if (known) return { made: known, isNew: false };
  const left = trade.amountFen - trade.refunds.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (trade.state !== 'paid' || refund.amountFen > left) return undefined;
  const made = { ...refund, at: new Date(), isPending: faults.slowRefunds };
  trade.refunds.push(made);
  return { made, isNew: true };
}

export function settleRefunds({ trades, faults }: Books): void {
  faults.slowRefunds = false;
  for (const { refunds } of trades.values()) for (const refund of refunds) refund.isPending = false;
}

export interface Asked {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Answered {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** Answers what `answer` says, unless a fault keeps it. */
export async function startProvider(books: Books, answer: (asked: Asked) => Answered | Promise<Answered>) {
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString('utf8');
    const { method = 'GET', url: path = '/', headers } = request;
    if (books.faults.outages > 0) {
      books.faults.outages -= 1;
      response.writeHead(500).end('out of order');
      return;
    }
    const { status, headers: answerHeaders, body: content } = await answer({ method, path, headers, body });
    if (books.faults.lostAnswers > 0 && books.faults.lostOf.test(`${method} ${path} ${body}`)) {
      books.faults.lostAnswers -= 1;
      response.destroy();
      return;
    }
    response.writeHead(status, answerHeaders).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface Notification {
  headers: Record<string, string>;
  body: string;
}

/** As a provider sends it; answers the status and what was said. */
export async function send(url: string, { headers, body }: Notification): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** The page of a provider on the telephone: a plain form. */
export const payPage = (name: string, { outTradeNo, amountFen, state }: Trade): Answered => ({
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name}</title><body style="font:20px sans-serif;padding:24px"><h1>${name}</h1><p>¥${(amountFen / 100).toFixed(2)}</p>
<p>${state === 'paid' ? '支付成功' : `<form method="post" action="/pay/${outTradeNo}"><button>确认付款</button></form>`}</p></body></html>`,
});
