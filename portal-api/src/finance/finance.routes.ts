// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { StatementOf } from '../payments/index.ts';
import { financeApi } from './finance.api.ts';
import { listPayments, readPayment } from './payments.view.ts';
import { reconcile } from './reconcile.ts';

export function financeEndpoints({ db, statementOf }: { db: Database; statementOf: StatementOf }): Endpoint[] {
  return [
    endpoint(financeApi.list, ({ query }) => listPayments(db.prisma, query)),
    endpoint(financeApi.reconcile, ({ query: { day } }) => reconcile({ db, statementOf }, day)),
    endpoint(financeApi.read, ({ params: { id } }) => readPayment(db.prisma, id)),
  ];
}
