// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { PROOF_TYPES } from '../http/proof-media.ts';
import { recordId } from '../http/validation.ts';
import type { OrderKind } from '../orders/index.ts';

/** Below each kind of order. */
export const certificateApis = {
  attestation: certificateOperations('attestation', 'my attestation order'),
  registration: certificateOperations('registration', 'my registration'),
};

function certificateOperations(kind: OrderKind, what: string) {
  const shared = { method: 'get', access: 'verified', params: z.object({ id: recordId }) } as const;
  const errors = [`${kind}-not-found`, 'certificate-not-ready', 'stored-object-damaged'] as const;
  return {
    certificate: operation({
      ...shared,
      path: `/${kind}s/{id}/certificate`,
      summary: `The certificate of ${what}, as it was issued`,
      media: 'application/pdf',
      errors: [...errors, 'store-unavailable'],
    }),
    evidencePackage: operation({
      ...shared,
      path: `/${kind}s/{id}/package`,
      summary: `The evidence package of ${what}: certificate, proof, originals, offline verifier`,
      media: 'application/zip',
      errors: [...errors, 'store-unavailable'],
    }),
    bundle: operation({
      ...shared,
      path: `/${kind}s/{id}/bundle`,
      summary: `The proof bundle of ${what}, with its sections`,
      media: PROOF_TYPES,
      errors,
    }),
  };
}
