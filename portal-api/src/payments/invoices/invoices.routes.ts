// SPDX-License-Identifier: Apache-2.0
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { memberOf, type Owner } from '../../http/members.ts';
import type { OrderKey, OrderKind } from '../../orders/index.ts';
import { exportInvoices, listInvoices } from './export-invoices.ts';
import { invoiceApis, staffInvoiceApi } from './invoices.api.ts';
import type { InvoiceForm } from './invoices.schema.ts';
import { type InvoiceParts, readInvoice, saveInvoice } from './invoices.ts';

export function invoiceEndpoints(parts: InvoiceParts): Endpoint[] {
  const { db } = parts;
  return [
    ...endpointsBelow(parts, 'attestation'),
    ...endpointsBelow(parts, 'registration'),
    endpoint(staffInvoiceApi.list, ({ query }) => listInvoices(db, query)),
    endpoint(staffInvoiceApi.export, ({ body: request, req }) =>
      db.transaction((tx) => exportInvoices(tx, parts, { staffId: memberOf(req).id, request })),
    ),
  ];
}

function endpointsBelow(parts: InvoiceParts, kind: OrderKind): Endpoint[] {
  const keyOf = (id: string) => (kind === 'attestation' ? { attestationId: id } : { registrationId: id });
  const save = async (owner: Owner, order: OrderKey, form: InvoiceForm | null) => {
    await parts.db.transaction((tx) => saveInvoice(tx, parts, { owner, order, form }));
    return readInvoice(parts, owner, order);
  };
  const api = invoiceApis[kind];
  return [
    endpoint(api.read, ({ params: { id }, req }) => readInvoice(parts, memberOf(req).owner, keyOf(id))),
    endpoint(api.save, ({ params: { id }, body, req }) => save(memberOf(req).owner, keyOf(id), body)),
    endpoint(api.remove, ({ params: { id }, req }) => save(memberOf(req).owner, keyOf(id), null)),
  ];
}
