// SPDX-License-Identifier: Apache-2.0
// 证据保全: while a hold stands, nothing of the orders that it names is erased, whoever asks for it and however much time
// passes. One person of staff places it; lifting it takes two.
import type { Db, Transaction } from '../db/database.ts';
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { lockRecord } from '../orders/index.ts';

export const LEGAL_HOLD_STATES = ['HELD', 'LIFT_ASKED', 'LIFTED'] as const;
type LegalHoldState = (typeof LEGAL_HOLD_STATES)[number];

export const legalHoldMachine: Machine<
  LegalHoldState,
  'ask-lift' | 'lift' | 'keep',
  Prisma.LegalHoldUncheckedUpdateManyInput
> = {
  name: 'legal-hold',
  records: (db) => db.legalHold,
  transitions: [
    { from: ['HELD'], event: 'ask-lift', to: 'LIFT_ASKED' },
    { from: ['LIFT_ASKED'], event: 'lift', to: 'LIFTED' },
    { from: ['LIFT_ASKED'], event: 'keep', to: 'HELD' },
  ],
};

const STANDING = { hold: { state: { not: 'LIFTED' as const } } } satisfies Prisma.LegalHoldOrderWhereInput;

/** Orders of either kind on which a hold stands, and those on which none does. */
const HELD_ORDER = { holds: { some: STANDING } } satisfies Prisma.AttestationWhereInput & Prisma.RegistrationWhereInput;
export const FREE_ORDER = { holds: { none: STANDING } } satisfies Prisma.AttestationWhereInput &
  Prisma.RegistrationWhereInput;

/** Works of which no order is held. */
export const FREE_WORK = {
  attestations: { none: HELD_ORDER },
  registrations: { none: HELD_ORDER },
} satisfies Prisma.WorkWhereInput;

/** Accounts with such an order. */
const HELD_ACCOUNT = {
  OR: [{ attestations: { some: HELD_ORDER } }, { registrations: { some: HELD_ORDER } }],
} satisfies Prisma.AccountWhereInput;
export const NOT_HELD_ACCOUNT = { NOT: HELD_ACCOUNT } satisfies Prisma.AccountWhereInput;

/** What the account placed for itself, or for an organisation. */
export const hasHeldOrder = async (db: Db, accountId: string): Promise<boolean> =>
  (await db.account.count({ where: { id: accountId, ...HELD_ACCOUNT } })) > 0;

/** The same, under the locks of the account's orders: no hold is placed on one before the transaction ends. */
export async function lockAgainstHolds(tx: Transaction, accountId: string): Promise<boolean> {
  const ordered = { where: { accountId }, select: { id: true }, orderBy: { id: 'asc' } } as const;
  for (const { id } of await tx.prisma.attestation.findMany(ordered)) await lockRecord(tx, { attestationId: id });
  for (const { id } of await tx.prisma.registration.findMany(ordered)) await lockRecord(tx, { registrationId: id });
  return hasHeldOrder(tx.prisma, accountId);
}
