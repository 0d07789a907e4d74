// SPDX-License-Identifier: Apache-2.0
import { RECEIPT_MEDIA_TYPE } from '@inkseal/verifier/receipts';
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import type { OrderKind } from '../orders/index.ts';

/** Below each kind of order. */
export const receiptApis = {
  attestation: receiptOperation('attestation', 'my attestation order'),
  registration: receiptOperation('registration', 'my registration'),
};

function receiptOperation(kind: OrderKind, what: string) {
  return operation({
    method: 'get',
    path: `/${kind}s/{id}/receipt`,
    summary: `The newest acceptance receipt 受理回执 of ${what}, byte for byte as the ledger gave it`,
    access: 'verified',
    params: z.object({ id: recordId }),
    media: RECEIPT_MEDIA_TYPE,
    errors: [`${kind}-not-found`, 'receipt-not-found'],
  });
}
