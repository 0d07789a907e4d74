// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../../http/operation.ts';
import { recordId } from '../../http/validation.ts';
import type { OrderKind } from '../../orders/index.ts';
import {
  exportRequestSchema,
  invoiceExportSchema,
  invoiceFormSchema,
  invoiceListQuerySchema,
  invoiceListSchema,
  invoiceSchema,
} from './invoices.schema.ts';

const params = z.object({ id: recordId });

/** Below each kind of order. */
export const invoiceApis = {
  attestation: operationsBelow('attestation', 'order'),
  registration: operationsBelow('registration', 'registration'),
};

function operationsBelow(kind: OrderKind, what: string) {
  const shared = { access: 'verified', params, answer: invoiceSchema } as const;
  const path = `/${kind}s/{id}/invoice-details` as const;
  const errors = [`${kind}-not-found`, 'payment-not-found', 'invoice-details-exported'] as const;
  return {
    read: operation({
      ...shared,
      method: 'get',
      path,
      summary: `发票抬头 for what my ${what} was paid with`,
      errors: [`${kind}-not-found`, 'stored-object-damaged'],
    }),
    save: operation({
      ...shared,
      method: 'put',
      path,
      summary: `Give or change 发票抬头, until finance has exported it; no invoice is made here`,
      body: invoiceFormSchema,
      errors,
    }),
    remove: operation({ ...shared, method: 'delete', path, summary: 'Take 发票抬头 back', errors }),
  };
}

const FINANCE = ['finance'] as const;

export const staffInvoiceApi = {
  list: operation({
    method: 'get',
    path: '/staff/invoice-details',
    summary: 'Paid orders whose owners gave 发票抬头, by the day of the payment; without names',
    access: { staff: [...FINANCE, 'auditor'] },
    query: invoiceListQuerySchema,
    answer: invoiceListSchema,
  }),
  export: operation({
    method: 'post',
    path: '/staff/invoice-details/export',
    summary: 'The chosen ones in clear, for the tax system: marked as exported, and closed for their owners',
    access: { staff: FINANCE },
    limit: 'staff-export',
    body: exportRequestSchema,
    answer: invoiceExportSchema,
    errors: ['invoice-details-not-found', 'invoice-details-exported', 'state-conflict', 'stored-object-damaged'],
  }),
};
