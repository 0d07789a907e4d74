// SPDX-License-Identifier: Apache-2.0
// Budgets per address. They slow guessing and floods down; the limits that must always hold are kept in the
// database by their domains: codes by text message in accounts/sms-codes.ts, whose limits are much lower.
import { isIP } from 'node:net';
import { addressKey, createLimiter, type Limiter } from '@inkseal/service-kit';
import type { Request, RequestHandler } from 'express';
import type { Redis } from 'ioredis';
import { type BodyBudget, createBodyBudget } from './body-budget.ts';
import { findMember } from './members.ts';

/** Points per window of so many seconds, per address. */
export const LIMITS = {
  request: { points: 1_200, seconds: 60 },
  login: { points: 30, seconds: 60 },
  register: { points: 20, seconds: 3_600 },
  'sms-code': { points: 60, seconds: 3_600 },
  'staff-export': { points: 20, seconds: 3_600 },
  'staff-search': { points: 60, seconds: 60 },
  identity: { points: 30, seconds: 3_600 },
  'right-holder-image': { points: 200, seconds: 3_600 },
  invitation: { points: 60, seconds: 3_600 },
  upload: { points: 6_000, seconds: 60 },
  notification: { points: 300, seconds: 60 },
  lookup: { points: 300, seconds: 60 },
  'lookup-code': { points: 30, seconds: 60 },
  'lookup-file': { points: 60, seconds: 3_600 },
  'share-link': { points: 60, seconds: 3_600 },
  'certificate-preview': { points: 60, seconds: 3_600 },
  search: { points: 300, seconds: 60 },
  'rights-event': { points: 60, seconds: 3_600 },
  'rights-event-proof': { points: 60, seconds: 60 },
  objection: { points: 10, seconds: 3_600 },
  'publication-report': { points: 10, seconds: 3_600 },
} as const;

export type LimitName = keyof typeof LIMITS;

export interface RateLimits {
  /** Takes a point of the address that made the request, or throws `rate-limited`. */
  handler(name: LimitName): RequestHandler;
  /** Bounds the bodies that are in memory at once; to be asked before a body of so many bytes at most is read. */
  bodies: BodyBudget;
}

/** `scale` multiplies every budget: tests share one address. */
export function createRateLimits({ redis, scale = 1 }: { redis?: Redis | undefined; scale?: number } = {}): RateLimits {
  const limiters = new Map<LimitName, Limiter>();
  const limiterOf = (name: LimitName) => {
    const { points, seconds } = LIMITS[name];
    const options = { prefix: `inkseal-portal-${name}`, points: points * scale, seconds, redis };
    const found = limiters.get(name) ?? createLimiter(options);
    limiters.set(name, found);
    return found;
  };
  return {
    bodies: createBodyBudget((req) => findMember(req)?.id ?? senderKey(req)),
    handler: (name) => async (req, _res, next) => {
      await limiterOf(name).consume(senderKey(req), { limit: name });
      next();
    },
  };
}

/** Under which key the sender of the request is counted. Where a proxy states something other than an address, the proxy itself counts. */
export function senderKey(req: Request): string {
  return addressKey([req.ip, req.socket.remoteAddress].find((each) => each !== undefined && isIP(each) !== 0));
}
