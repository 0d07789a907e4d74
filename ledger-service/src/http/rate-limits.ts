// SPDX-License-Identifier: Apache-2.0
// Budgets per minute: requests of each API key, and failures of each address that comes without a valid one.
// Redis shares them between processes; while it is away, and without it, each process counts in memory.
import { addressKey } from '@inkseal/service-kit';
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../errors.ts';

const WINDOW_S = 60;

export interface RateLimits {
  /** Counts one more, or throws `rate-limited`. */
  countRequest(keyId: string): Promise<void>;
  countFailure(address: string | undefined): Promise<void>;
}

export interface RateLimitOptions {
  requestsPerMinute: number;
  failuresPerMinute: number;
  redis?: Redis | undefined;
}

export function createRateLimits({ requestsPerMinute, failuresPerMinute, redis }: RateLimitOptions): RateLimits {
  const requests = limiter('requests', requestsPerMinute, redis);
  const failures = limiter('failures', failuresPerMinute, redis);
  return {
    countRequest: (keyId) => consume(requests, keyId),
    countFailure: (address) => consume(failures, addressKey(address)),
  };
}

function limiter(name: string, points: number, redis: Redis | undefined): RateLimiterAbstract {
  const options = { keyPrefix: `inkseal-ledger-${name}`, points, duration: WINDOW_S };
  const memory = new RateLimiterMemory(options);
  return redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory }) : memory;
}

async function consume(limits: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limits.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new DomainError('rate-limited', { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) });
  }
}
