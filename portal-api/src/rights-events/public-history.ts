// SPDX-License-Identifier: Apache-2.0
// The history of a work's rights as others may read it who were shown one of its certificates: no names, no free words.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { ECONOMIC_RIGHTS } from '../registrations/index.ts';
import { EXCLUSIVITIES, type Facts, stepKindSchema } from './rights-events.schema.ts';
import { timelineOf } from './timeline.ts';

const day = z.iso.date();
const rights = z.array(z.enum(ECONOMIC_RIGHTS));

const publicFactsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('LICENCE'),
    exclusivity: z.enum(EXCLUSIVITIES),
    rights,
    from: day,
    to: day.nullable(),
  }),
  z.object({ kind: z.literal('TRANSFER'), rights, transferredOn: day }),
  z.object({ kind: z.literal('DISPUTE'), isSettled: z.boolean(), on: day }),
  z.object({ kind: z.literal('OBJECTION'), upheldOn: day }),
]);

export const publicStepSchema = z
  .object({
    kind: stepKindSchema,
    at: z.iso.datetime(),
    isFinal: z.boolean().meta({ description: 'On the chain; otherwise it is on its way there' }),
    number: z.string().nullable().meta({ description: 'Of the certificate or of the record, once it is final' }),
    registrationNumber: z.string().nullable().meta({ description: '登记号' }),
    isRegistration: z.boolean().meta({ description: 'Of a revocation: what was revoked' }),
    facts: publicFactsSchema
      .nullable()
      .meta({ description: 'Of a change of rights, as the owner states it; null once that was erased' }),
  })
  .meta({ id: 'PublicRightsStep' });

export type PublicStep = z.output<typeof publicStepSchema>;

/** Of the work whose certificate has the number; empty where the work is not known any more. */
export async function rightsHistoryOf(db: Db, number: string): Promise<PublicStep[]> {
  const certified = { where: { certificateNumber: BigInt(number) }, select: { work: WORK } } as const;
  const found = (await db.attestation.findUnique(certified)) ?? (await db.registration.findUnique(certified));
  if (!found) return [];
  const { steps } = await timelineOf(db, found.work);
  return steps.map(({ kind, at, isFinal, number: entry, registrationNumber, isRegistration, event }) => ({
    kind,
    at,
    isFinal,
    number: entry,
    registrationNumber,
    isRegistration,
    facts: event?.facts ? publicFactsOf(event.facts) : null,
  }));
}

const WORK = { select: { id: true, serial: true, title: true } } as const;

function publicFactsOf(facts: Facts): PublicStep['facts'] {
  if (facts.kind === 'LICENCE') {
    const { kind, exclusivity, rights: licensed, from, to } = facts;
    return { kind, exclusivity, rights: licensed, from, to };
  }
  if (facts.kind === 'TRANSFER') return { kind: facts.kind, rights: facts.rights, transferredOn: facts.transferredOn };
  if (facts.kind === 'OBJECTION') return { kind: facts.kind, upheldOn: facts.upheldOn };
  const isSettled = facts.status === 'SETTLED';
  return { kind: facts.kind, isSettled, on: isSettled ? facts.settledOn : facts.raisedOn };
}
