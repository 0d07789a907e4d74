// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { FINANCE } from './refund-requests.api.ts';
import { refundRequestEndpoints } from './refund-requests.routes.ts';
import { createRefundRequests, type RefundRequestParts } from './refund-requests.ts';
import { waitingRequests } from './refund-requests.view.ts';

export function openRefundRequests(
  { db }: Pick<Platform, 'db'>,
  needs: Pick<RefundRequestParts, 'orders' | 'fourEyesFen'>,
): Domain {
  const requests = createRefundRequests({ db, ...needs });
  return {
    endpoints: refundRequestEndpoints({ db, requests, ...needs }),
    queues: [{ name: 'refund-requests', roles: FINANCE, look: () => waitingRequests(db.prisma) }],
  };
}
