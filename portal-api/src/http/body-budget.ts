// SPDX-License-Identifier: Apache-2.0
// Bodies that are read into memory before anybody looks at them: so many bytes at a time for the whole process, and for
// each sender. A request takes its bytes before its body is read, and gives them back when it is over.
import type { Request, RequestHandler } from 'express';
import { DomainError } from '../errors.ts';

const MIB = 1_048_576;
/** Both sides of an identity card at their largest are 20 MiB. */
const BUDGET = { total: 64 * MIB, perSender: 24 * MIB };
/** Seconds: an image is read and decoded in less. */
const RETRY_AFTER = 2;

/** Refuses a request that does not fit: `rate-limited` for its sender's share, `overloaded` for the whole. */
export type BodyBudget = (limitBytes: number) => RequestHandler;

/** `senderOf` says on whose account a request counts. */
export function createBodyBudget(senderOf: (req: Request) => string, { total, perSender } = BUDGET): BodyBudget {
  let taken = 0;
  const bySender = new Map<string, number>();
  const take = (sender: string, bytes: number) => {
    taken += bytes;
    const held = (bySender.get(sender) ?? 0) + bytes;
    if (held > 0) bySender.set(sender, held);
    else bySender.delete(sender);
  };
  return (limitBytes) => (req, res, next) => {
    const bytes = bytesOf(req, limitBytes);
    const sender = senderOf(req);
    if ((bySender.get(sender) ?? 0) + bytes > perSender) {
      throw new DomainError('rate-limited', { limit: 'body-bytes' }, { retryAfter: RETRY_AFTER });
    }
    if (taken + bytes > total) throw new DomainError('overloaded', {}, { retryAfter: RETRY_AFTER });
    take(sender, bytes);
    res.once('close', () => take(sender, -bytes));
    next();
  };
}

/** What the body may take. A length that is above the limit is refused by the reader, before it reads. */
function bytesOf(req: Request, limitBytes: number): number {
  const announced = Number(req.get('Content-Length') ?? Number.NaN);
  return Number.isNaN(announced) ? limitBytes : Math.min(announced, limitBytes);
}
