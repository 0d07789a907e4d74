// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import type { OrderKind } from '../orders/index.ts';
import { madeShareLinkSchema, shareLinkFormSchema, shareLinksSchema } from './share-links.schema.ts';

/** Below each kind of order. */
export const shareLinkApis = {
  attestation: operationsBelow('attestation', 'my attestation order'),
  registration: operationsBelow('registration', 'my registration'),
};

function operationsBelow(kind: OrderKind, what: string) {
  const shared = { access: 'verified', params: z.object({ id: recordId }) } as const;
  const path = `/${kind}s/{id}/share-links` as const;
  return {
    list: operation({
      ...shared,
      method: 'get',
      path,
      summary: `The share links of the certificate of ${what}, the newest first, with when they were opened`,
      answer: shareLinksSchema,
      errors: [`${kind}-not-found`],
    }),
    make: operation({
      ...shared,
      method: 'post',
      path,
      summary: `Make an address that shows the certificate of ${what} as its look-up code does, for a time`,
      limit: 'share-link',
      body: shareLinkFormSchema,
      status: 201,
      answer: madeShareLinkSchema,
      errors: [`${kind}-not-found`, 'certificate-not-ready', 'share-link-limit-reached'],
    }),
    end: operation({
      ...shared,
      method: 'delete',
      path: `${path}/{linkId}`,
      params: z.object({ id: recordId, linkId: recordId }),
      summary: 'End a share link: it opens nothing any more',
      answer: shareLinksSchema,
      errors: [`${kind}-not-found`, 'share-link-not-found'],
    }),
  };
}
