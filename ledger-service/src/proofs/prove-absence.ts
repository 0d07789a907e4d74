// SPDX-License-Identifier: Apache-2.0
// The proof that a number was never issued: the registry's next number, at the newest final block, is not past it.
import { ABSENCE_MEDIA_TYPE, encodeBundle } from '@inkseal/verifier';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Registry } from '../registry/index.ts';
import { asUnavailable, type StateReader } from './state-reader.ts';

/** Rows hold numbers below it; the contract could hold higher ones. */
const NUMBERS_END = 2n ** 63n;

export interface AbsenceSources {
  readonly database: Database;
  readonly registry: Registry;
  readonly state: StateReader;
}

/** The exact bytes. Throws `number-already-issued` also for a number that is given away but not yet anchored. */
export async function proveAbsence({ database, registry, state }: AbsenceSources, number: bigint): Promise<Uint8Array> {
  if (number < NUMBERS_END && (await isSequenced(database.prisma, number)))
    throw new DomainError('number-already-issued', { number: String(number) });
  const { next, proof } = await state.nextNumber().catch(asUnavailable);
  if (next > number) throw new DomainError('number-already-issued', { number: String(number) });
  return encodeBundle({
    mediaType: ABSENCE_MEDIA_TYPE,
    registry: { chainId: String(registry.chainId), contract: registry.address },
    number: String(number),
    ...proof,
  });
}

async function isSequenced(db: Db, number: bigint): Promise<boolean> {
  return (await db.entry.findUnique({ where: { number }, select: { id: true } })) !== null;
}
