// SPDX-License-Identifier: Apache-2.0

import { normalizePhone } from '../accounts/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { refuseFields } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf } from '../http/members.ts';
import { possibleNumbers } from '../identity/index.ts';
import { changeAccountState, resetSecondStep } from './account-states.ts';
import { changeRole } from './roles.ts';
import { type SEARCH_KINDS, staffAccountApi } from './staff-accounts.api.ts';
import type { StaffAccountStore } from './staff-accounts.store.ts';

export interface StaffAccountParts {
  db: Database;
  vault: Vault;
  store: StaffAccountStore;
  isStrict: boolean;
}

export function staffAccountEndpoints(parts: StaffAccountParts): Endpoint[] {
  return [...readEndpoints(parts), ...actEndpoints(parts)];
}

function readEndpoints({ db, vault, store }: StaffAccountParts): Endpoint[] {
  return [
    endpoint(staffAccountApi.search, async ({ body: { by, value }, req }) => {
      const items = await store.find(whereOf(vault, by, value));
      // Not what was asked for: the log cannot forget it.
      await db.transaction(async (tx) => {
        const subject = items[0] ? `account:${items[0].id}` : 'account:unknown';
        tx.record({ actor: actorOf(memberOf(req).owner), action: 'account.search', subject, detail: { by } });
      });
      return { items };
    }),
    endpoint(staffAccountApi.read, async ({ params: { id }, req }) => {
      const account = await store.read(id);
      const actor = actorOf(memberOf(req).owner);
      await db.transaction(async (tx) => tx.record({ actor, action: 'account.look', subject: `account:${id}` }));
      return { ...account, isOwn: memberOf(req).id === id };
    }),
  ];
}

function actEndpoints({ db, store, isStrict }: StaffAccountParts): Endpoint[] {
  // Nobody acts on their own account.
  const shown = async (id: string) => ({ ...(await store.read(id)), isOwn: false });
  return [
    endpoint(staffAccountApi.changeRole, async ({ params: { id }, body, req }) => {
      await changeRole({ db, isStrict }, memberOf(req).id, { accountId: id, ...body });
      return shown(id);
    }),
    endpoint(staffAccountApi.changeState, async ({ params: { id }, body, req }) => {
      await changeAccountState(db, memberOf(req).id, { accountId: id, ...body });
      return shown(id);
    }),
    endpoint(staffAccountApi.resetSecondStep, async ({ params: { id }, body, req }) => {
      await resetSecondStep(db, memberOf(req).id, { accountId: id, ...body });
      return shown(id);
    }),
  ];
}

function whereOf(vault: Vault, by: (typeof SEARCH_KINDS)[number], value: string): Prisma.AccountWhereInput {
  if (by === 'phone') return { phoneIndex: vault.blindIndex('phone', normalizePhone(value)) };
  if (by === 'id-number') {
    const indexes = possibleNumbers(value.toUpperCase()).map((number) => vault.blindIndex('id-number', number));
    return { identities: { some: { idNumberIndex: { in: indexes }, supersededAt: null, state: 'VERIFIED' } } };
  }
  const userNumber = Number(/^(?:ID)?(\d{1,9})$/i.exec(value)?.[1]);
  if (Number.isNaN(userNumber)) refuseFields([{ field: 'value', code: 'malformed' }]);
  return { userNumber };
}
