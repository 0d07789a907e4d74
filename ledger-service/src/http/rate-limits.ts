// SPDX-License-Identifier: Apache-2.0
// Budgets per minute: requests of each API key, and failures of each address that comes without a valid one.
import { addressKey, createLimiter, type Limiter } from '@inkseal/service-kit';
import type { Redis } from 'ioredis';

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
    countRequest: (keyId) => requests.consume(keyId),
    countFailure: (address) => failures.consume(addressKey(address)),
  };
}

function limiter(name: string, points: number, redis: Redis | undefined): Limiter {
  return createLimiter({ prefix: `inkseal-ledger-${name}`, points, seconds: WINDOW_S, redis });
}
