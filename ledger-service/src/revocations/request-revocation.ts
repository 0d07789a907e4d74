// SPDX-License-Identifier: Apache-2.0
// A revocation is a row first: it waits there until its number is anchored, however long that takes.

import { REVOCATION_REASONS, type RevocationReason } from '@inkseal/verifier';
import type pg from 'pg';
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

interface Row {
  number: string;
  reason: number;
  state: RevocationRecord['state'];
  requested_at: Date;
  revoked_at: string | null;
}

/** The same request again answers the same row. Throws `entry-not-found`, or `revocation-conflict` for another reason. */
export async function requestRevocation(pool: pg.Pool, request: RevocationRequest): Promise<RevocationRecord> {
  const { number, reason, clientId } = request;
  await pool.query(
    `INSERT INTO revocation (number, reason, requested_by) SELECT number, $2, $3 FROM entry WHERE number = $1
     ON CONFLICT (number) DO NOTHING`,
    [number, codeOf(reason), clientId],
  );
  const { rows } = await pool.query<Row>(
    'SELECT number, reason, state, requested_at, revoked_at FROM revocation WHERE number = $1',
    [number],
  );
  const [row] = rows;
  if (!row) throw new DomainError('entry-not-found', { number: String(number) });
  if (row.reason !== codeOf(reason)) throw new DomainError('revocation-conflict', { reason: nameOf(row.reason) });
  return {
    number: row.number,
    reason,
    state: row.state,
    requestedAt: row.requested_at.toISOString(),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}

const codes = Object.entries(REVOCATION_REASONS).map(([code, name]) => ({ code: Number(code), name }));

const codeOf = (reason: RevocationReason): number => codes.find(({ name }) => name === reason)?.code ?? 0;

const nameOf = (reason: number): string => codes.find(({ code }) => code === reason)?.name ?? String(reason);
