// SPDX-License-Identifier: Apache-2.0
// A budget of so many points in each window, per key. Redis shares it between processes; while it is away, and without
// it, each process counts in memory.
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type Details, DomainError } from '../errors.ts';

export interface LimiterOptions {
  /** Of its keys in Redis. */
  readonly prefix: string;
  readonly points: number;
  readonly seconds: number;
  readonly redis?: Redis | undefined;
}

export interface Limiter {
  /** Takes a point of the key, or throws `rate-limited` with the details given. */
  consume(key: string, details?: Details): Promise<void>;
}

export function createLimiter({ prefix, points, seconds, redis }: LimiterOptions): Limiter {
  const options = { keyPrefix: prefix, points, duration: seconds };
  const memory = new RateLimiterMemory(options);
  const limiter: RateLimiterAbstract = redis
    ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory })
    : memory;
  return {
    async consume(key, details = {}) {
      await limiter.consume(key).catch((refusal: unknown) => {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
        throw new DomainError('rate-limited', { ...details, retryAfter }, { retryAfter });
      });
    },
  };
}
