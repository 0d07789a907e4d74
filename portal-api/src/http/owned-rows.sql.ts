// SPDX-License-Identifier: Apache-2.0
// `ownedBy` as SQL, for lists that Prisma cannot express.
import { Prisma } from '../generated/prisma/client.ts';
import type { Owner } from './members.ts';

export function ownedRows({ accountId, organisationId }: Owner, table?: Prisma.Sql): Prisma.Sql {
  const column = (name: Prisma.Sql) => (table ? Prisma.sql`${table}.${name}` : name);
  const [account, organisation] = [column(Prisma.sql`account_id`), column(Prisma.sql`organisation_id`)];
  return organisationId === null
    ? Prisma.sql`(${account} = ${accountId}::uuid AND ${organisation} IS NULL)`
    : Prisma.sql`${organisation} = ${organisationId}::uuid`;
}
