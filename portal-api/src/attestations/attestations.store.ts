// SPDX-License-Identifier: Apache-2.0
// The rows of orders as the domain needs them; views for the API are in attestations.view.ts.
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { AttestationState } from './attestation.ts';
import { type AttestationForm, attestationFormSchema } from './attestations.schema.ts';
import type { Content } from './content.ts';
import { newOrderNumber } from './order-number.ts';

export interface AttestationRecord {
  id: string;
  orderNumber: string;
  accountId: string;
  workId: string;
  state: AttestationState;
  round: number;
  version: number;
  form: AttestationForm;
  frozen: Frozen | null;
}

/** The content as of the newest submission, and as of the one before it, for who reviews the difference. */
export interface Frozen {
  content: Content;
  before?: Content;
}

const COLUMNS = `
  id, order_number::text AS "orderNumber", account_id AS "accountId", work_id AS "workId", state, round, version, form,
  frozen`;

/** Locks the order until the end of the transaction, or throws `attestation-not-found`, also for another's. */
export async function lockAttestation(
  tx: Transaction,
  { id, accountId }: { id: string; accountId?: string },
): Promise<AttestationRecord> {
  const [row] = await tx.query<AttestationRecord>(`SELECT ${COLUMNS} FROM attestation WHERE id = $1 FOR UPDATE`, [id]);
  if (!row || (accountId !== undefined && row.accountId !== accountId)) throw new DomainError('attestation-not-found');
  return { ...row, form: attestationFormSchema.parse(row.form) };
}

/** The newest order of a work that is not at its end. */
export async function liveOrderOf(
  tx: Transaction,
  workId: string,
): Promise<{ id: string; state: AttestationState } | undefined> {
  const [row] = await tx.query<{ id: string; state: AttestationState }>(
    `SELECT id, state FROM attestation
      WHERE work_id = $1 AND state NOT IN ('CERTIFIED', 'REVOKED', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED')
      ORDER BY created_at DESC, id DESC LIMIT 1`,
    [workId],
  );
  return row;
}

export async function insertAttestation(
  tx: Transaction,
  { accountId, workId, form }: { accountId: string; workId: string; form: AttestationForm },
): Promise<string> {
  const id = newId();
  const rows = await tx.query(
    `INSERT INTO attestation (id, order_number, account_id, work_id, form) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (order_number) DO NOTHING RETURNING id`,
    [id, String(newOrderNumber()), accountId, workId, JSON.stringify(form)],
  );
  if (rows.length === 0) return insertAttestation(tx, { accountId, workId, form });
  await replaceFiles(tx, id, form);
  return id;
}

/** A save leaves the state as it is; the caller holds the row's lock and has looked at state and version. */
export async function saveForm(tx: Transaction, id: string, form: AttestationForm): Promise<void> {
  await tx.query('UPDATE attestation SET form = $2, version = version + 1 WHERE id = $1', [id, JSON.stringify(form)]);
  await replaceFiles(tx, id, form);
}

export async function insertRound(
  tx: Transaction,
  { id, round, at }: { id: string; round: number; at: Date },
): Promise<void> {
  await tx.query('INSERT INTO attestation_round (attestation_id, round, submitted_at) VALUES ($1, $2, $3)', [
    id,
    round,
    at,
  ]);
}

/** True if that changed something. */
export async function saveFileLookup(tx: Transaction, id: string, isFoundByFile: boolean): Promise<boolean> {
  const rows = await tx.query(
    'UPDATE attestation SET is_found_by_file = $2 WHERE id = $1 AND is_found_by_file <> $2 RETURNING id',
    [id, isFoundByFile],
  );
  return rows.length === 1;
}

export async function eraseAttestation(tx: Transaction, id: string): Promise<void> {
  await tx.query('DELETE FROM attestation WHERE id = $1', [id]);
}

async function replaceFiles(tx: Transaction, id: string, { files, display }: AttestationForm): Promise<void> {
  const rows = [
    ...files.map(({ uploadId }, index) => ({ role: 'FILE', uploadId, index })),
    ...display.map(({ uploadId }, index) => ({ role: 'DISPLAY', uploadId, index })),
  ];
  await tx.query('DELETE FROM attestation_file WHERE attestation_id = $1', [id]);
  await tx.query(
    `INSERT INTO attestation_file (attestation_id, role, upload_id, position)
     SELECT $1, * FROM unnest($2::work_file_role[], $3::uuid[], $4::int[])`,
    [id, rows.map((row) => row.role), rows.map((row) => row.uploadId), rows.map((row) => row.index)],
  );
}
