// SPDX-License-Identifier: Apache-2.0
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import type { OrderKind } from '../orders/index.ts';
import { shareLinkApis } from './share-links.api.ts';
import type { ShareLinks } from './share-links.ts';

export function shareLinkEndpoints(links: ShareLinks): Endpoint[] {
  return [...endpointsBelow(links, 'attestation'), ...endpointsBelow(links, 'registration')];
}

function endpointsBelow(links: ShareLinks, kind: OrderKind): Endpoint[] {
  const keyOf = (id: string) => (kind === 'attestation' ? { attestationId: id } : { registrationId: id });
  const api = shareLinkApis[kind];
  return [
    endpoint(api.list, async ({ params: { id }, req }) => ({
      items: await links.list(memberOf(req).owner, keyOf(id)),
    })),
    endpoint(api.make, ({ params: { id }, body, req }) => links.make(memberOf(req).owner, keyOf(id), body)),
    endpoint(api.end, async ({ params: { id, linkId }, req }) => {
      const { owner } = memberOf(req);
      await links.end(owner, keyOf(id), linkId);
      return { items: await links.list(owner, keyOf(id)) };
    }),
  ];
}
