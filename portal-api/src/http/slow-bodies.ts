// SPDX-License-Identifier: Apache-2.0
// How slowly a body may arrive: whoever drips one would otherwise keep a connection for as long as they like. Node's own
// limit for a request (`requestTimeout`) knows no exceptions, and an upload may take hours.
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { DomainError } from '../errors.ts';
import { problems } from './problems.ts';

/** Tests shorten them. */
export const BODY_TIMES = {
  /** For a whole body: so long, and a second more for each of these bytes it announces, up to a limit. */
  baseMs: 30_000,
  bytesPerSecond: 16 * 1024,
  longestMs: 12 * 60_000,
  /** For an upload: any length of time, but at least so many bytes in each window. */
  windowMs: 60_000,
  windowBytes: 64 * 1024,
};

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Answers `request-timeout` and closes the connection when the body is not there in time. */
export const boundBody: RequestHandler = (req, res, next) => {
  const { baseMs, bytesPerSecond, longestMs } = BODY_TIMES;
  const announced = Number(req.get('Content-Length') ?? 0);
  if (announced > 0 || req.get('Transfer-Encoding') !== undefined) {
    const deadline = Math.min(longestMs, baseMs + (announced / bytesPerSecond) * 1_000);
    replaceTimer(
      req,
      setTimeout(() => cut(req, res), deadline),
    );
    // Also after the answer: a body that nobody reads still holds the connection.
    req.once('close', () => clearTimeout(timers.get(req)));
  }
  next();
};

/** From here on the body may take any time, at a minimum rate. */
export const boundRate: RequestHandler = (req, res, next) => {
  if (timers.has(req)) replaceTimer(req, watchRate(req, res));
  next();
};

function watchRate(req: Request, res: Response): NodeJS.Timeout {
  const { windowMs, windowBytes } = BODY_TIMES;
  let before = req.socket.bytesRead;
  return setInterval(() => {
    const arrived = req.socket.bytesRead - before;
    before += arrived;
    // With a full buffer the sender waits for us.
    const isOurTurn = req.readableLength >= req.readableHighWaterMark;
    if (arrived < windowBytes && !isOurTurn) cut(req, res);
  }, windowMs);
}

function replaceTimer(req: IncomingMessage, timer: NodeJS.Timeout): void {
  clearTimeout(timers.get(req));
  timers.set(req, timer.unref());
}

function cut(req: Request, res: Response): void {
  clearTimeout(timers.get(req));
  if (req.complete) return;
  // The request, and not its connection alone: after the answer, whoever reads the body would wait for the rest.
  const end = () => void req.destroy();
  if (res.headersSent) {
    end();
    return;
  }
  res.set('Connection', 'close').once('finish', end);
  problems.send(req, res, new DomainError('request-timeout'));
}
