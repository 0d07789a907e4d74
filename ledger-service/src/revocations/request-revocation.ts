// SPDX-License-Identifier: Apache-2.0
// A revocation is a row first: it waits there until its number is anchored, however long that takes.

import { REVOCATION_REASONS, type RevocationReason } from '@inkseal/verifier';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';

export interface RevocationRequest {
  readonly number: bigint;
  readonly reason: RevocationReason;
  readonly clientId: string;
}

export interface RevocationRecord {
  number: string;
  reason: RevocationReason;
  state: 'pending' | 'signed' | 'sent' | 'mined' | 'final';
  requestedAt: string;
  /** Block time, seconds. */
  revokedAt?: string;
}

/** The same request again answers the same row. Throws `entry-not-found`, or `revocation-conflict` for another reason. */
export async function requestRevocation(db: Db, request: RevocationRequest): Promise<RevocationRecord> {
  const { number, reason, clientId } = request;
  const entry = await db.entry.findUnique({ where: { number }, select: { number: true } });
  if (entry) {
    const revocation = { number, reason: codeOf(reason), requestedBy: clientId };
    await db.revocation.createMany({ data: [revocation], skipDuplicates: true });
  }
  const row = await db.revocation.findUnique({ where: { number } });
  if (!row) throw new DomainError('entry-not-found', { number: String(number) });
  if (row.reason !== codeOf(reason)) throw new DomainError('revocation-conflict', { reason: nameOf(row.reason) });
  return {
    number: String(row.number),
    reason,
    state: row.state,
    requestedAt: row.requestedAt.toISOString(),
    ...(row.revokedAt === null ? {} : { revokedAt: String(row.revokedAt) }),
  };
}

const codes = Object.entries(REVOCATION_REASONS).map(([code, name]) => ({ code: Number(code), name }));

const codeOf = (reason: RevocationReason): number => codes.find(({ name }) => name === reason)?.code ?? 0;

const nameOf = (reason: number): string => codes.find(({ code }) => code === reason)?.name ?? String(reason);
