// SPDX-License-Identifier: Apache-2.0
// Row locks until the end of a transaction.
import { execute, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { Prisma } from '../generated/prisma/client.ts';
import type { Transaction } from './database.ts';

const TABLES = {
  account: Prisma.sql`account`,
  'assistance-case': Prisma.sql`assistance_case`,
  attestation: Prisma.sql`attestation`,
  'counter-mandate': Prisma.sql`counter_mandate`,
  'legal-hold': Prisma.sql`legal_hold`,
  objection: Prisma.sql`objection`,
  'offline-voucher': Prisma.sql`offline_voucher`,
  organisation: Prisma.sql`organisation`,
  payment: Prisma.sql`payment`,
  'private-image': Prisma.sql`private_image`,
  publication: Prisma.sql`publication`,
  registration: Prisma.sql`registration`,
  'right-holder': Prisma.sql`right_holder`,
  'rights-event': Prisma.sql`rights_event`,
  upload: Prisma.sql`upload`,
  work: Prisma.sql`work`,
} as const;

/**
 * Reason: a row lock, which Prisma cannot take. Waits for whoever has it; what is read afterwards is what they left. False
 * when there is no such row.
 */
export async function lockRow(tx: Transaction, table: keyof typeof TABLES, id: string): Promise<boolean> {
  const statement = Prisma.sql`SELECT true AS is_locked FROM ${TABLES[table]} WHERE id = ${id}::uuid FOR UPDATE`;
  return (await rowsOf(tx.prisma, z.object({ is_locked: z.boolean() }), statement)).length > 0;
}

/**
 * Reason: row locks that others may share, taken in one order. Nobody changes or removes these rows before the end of the
 * transaction, and what is read afterwards is as the last who did left it.
 */
export async function holdRows(tx: Transaction, table: keyof typeof TABLES, ids: readonly string[]): Promise<void> {
  const statement = Prisma.sql`SELECT id FROM ${TABLES[table]} WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR SHARE`;
  await execute(tx.prisma, statement);
}
