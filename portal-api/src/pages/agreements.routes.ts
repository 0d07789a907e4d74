// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { agreementApi } from './agreements.api.ts';
import { acceptAgreements } from './agreements.store.ts';

export function agreementEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(agreementApi.accept, async ({ body, req }) => {
      // The person agrees, also while they act for an organisation.
      await acceptAgreements(db, memberOf(req).id, body);
      return undefined;
    }),
  ];
}
