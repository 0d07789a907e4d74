// SPDX-License-Identifier: Apache-2.0
// Who is asking, and whether the key may do that. A valid key is never slowed by the failures of a neighbour's address.
import { bearerToken } from '@inkseal/service-kit';
import type { Request } from 'express';
import { DomainError } from '../errors.ts';
import type { LedgerPorts, Principal, Scope } from './ports.ts';
import type { RateLimits } from './rate-limits.ts';

export type Authorize = (request: Request, scope: Scope) => Promise<Principal>;

/** Throws `unauthorized`, `forbidden` or `rate-limited`. */
export function createAuthorize(authenticate: LedgerPorts['authenticate'], limits: RateLimits): Authorize {
  return async (request, scope) => {
    const key = bearerToken(request);
    const principal = key === undefined ? undefined : await authenticate(key);
    if (!principal) {
      await limits.countFailure(request.socket.remoteAddress);
      throw new DomainError('unauthorized');
    }
    await limits.countRequest(principal.keyId);
    if (!principal.scopes.includes(scope)) throw new DomainError('forbidden', { scope });
    return principal;
  };
}
