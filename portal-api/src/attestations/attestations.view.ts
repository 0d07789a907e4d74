// SPDX-License-Identifier: Apache-2.0
// Orders as the API shows them: one, and lists. Whose orders are read is always part of the query.

import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { currentPayment } from '../payments/index.ts';
import type { WorkFile } from '../works/index.ts';
import { ATTESTATION_LIMITS, type AttestationState, allowedIn } from './attestation.ts';
import {
  type AttestationListQuery,
  type AttestationSummary,
  type AttestationView,
  attestationFormSchema,
  type CertificateView,
  type reviewSchema,
} from './attestations.schema.ts';
import { historyOf } from './history.ts';

type ReviewView = z.output<typeof reviewSchema>;

/** The certificates' own domain knows what is printed and how it is looked up. */
export type FindCertificate = (attestationId: string) => Promise<CertificateView | null>;

/** `accountId` for its owner; without it for staff. */
export async function viewAttestation(
  { db, certificateOf }: { db: Database; certificateOf: FindCertificate },
  { id, accountId }: { id: string; accountId?: string },
): Promise<AttestationView> {
  const [row] = await db.query<ViewRow>(SELECT_VIEW, [id]);
  if (!row || (accountId !== undefined && row.accountId !== accountId)) throw new DomainError('attestation-not-found');
  const files = await filesOf(db, id);
  const { state, review } = row;
  return {
    id,
    orderNumber: row.orderNumber,
    state,
    stateAt: row.stateAt.toISOString(),
    round: row.round,
    version: row.version,
    workId: row.workId,
    workSerial: row.workSerial,
    form: attestationFormSchema.parse(row.form),
    files: files.filter(({ role }) => role === 'FILE').map(({ file }) => file),
    display: files.filter(({ role }) => role === 'DISPLAY').map(({ file }) => file),
    allowed: allowedIn(state),
    payment: await currentPayment(db.prisma, id),
    review: review && reviewView(review, state),
    submission: row.submission && {
      number: row.submission.number,
      receivedAt: row.submission.receivedAt && new Date(row.submission.receivedAt).toISOString(),
    },
    certificate: state === 'CERTIFIED' || state === 'REVOKED' ? await certificateOf(id) : null,
    isFoundByFile: row.isFoundByFile,
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
    paidAt: iso(row.paidAt),
    approvedAt: iso(row.approvedAt),
    certifiedAt: iso(row.certifiedAt),
    history: await historyOf(db, id, { namesReviewers: accountId === undefined }),
  };
}

export type ListScope = { accountId: string } | { states: readonly AttestationState[] };

export interface ListedOrder extends AttestationSummary {
  accountId: string;
  userNumber: string;
  round: number;
}

export async function listAttestations(
  db: Database,
  scope: ListScope,
  query: AttestationListQuery,
): Promise<{ items: ListedOrder[]; next: string | null }> {
  const { search, state, sort, cursor, limit } = query;
  const key = sort.replace('-', '') as SortKey; // the schema allows these only
  const { column, type, keyOf } = SORT_COLUMNS[key];
  const values: unknown[] = [limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;

  const conditions =
    'accountId' in scope ? [`a.account_id = ${bind(scope.accountId)}`] : [`a.state::text = ANY(${bind(scope.states)})`];
  if (state) conditions.push(`a.state = ${bind(state)}`);
  if (search) {
    const text = search.replace(/[\\%_]/g, '\\$&');
    conditions.push(`(a.form->>'title' ILIKE ${bind(`%${text}%`)} OR a.order_number::text LIKE ${bind(`${text}%`)})`);
  }
  const isDescending = sort.startsWith('-');
  if (cursor !== undefined) {
    const after = decodeCursor({ sort, type }, cursor);
    const place = `(${bind(after.key)}::${type}, ${bind(after.id)}::uuid)`;
    conditions.push(`(${column}, a.id) ${isDescending ? '<' : '>'} ${place}`);
  }
  const direction = isDescending ? 'DESC' : 'ASC';
  const rows = await db.query<SummaryRow>(
    `${SELECT_SUMMARY} WHERE ${conditions.join(' AND ')} ORDER BY ${column} ${direction}, a.id ${direction} LIMIT $1`,
    values,
  );
  const items = rows.slice(0, limit).map(summaryOf);
  const last = items.at(-1);
  const next = rows.length > limit && last ? encodeCursor(sort, { key: keyOf(last), id: last.id }) : null;
  return { items, next };
}

/** True when the upload is a file of the order, in any role. */
export async function hasFile(
  db: Database,
  { id, uploadId, accountId }: { id: string; uploadId: string; accountId?: string },
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM attestation_file f JOIN attestation a ON a.id = f.attestation_id
      WHERE a.id = $1 AND f.upload_id = $2 AND ($3::uuid IS NULL OR a.account_id = $3) LIMIT 1`,
    [id, uploadId, accountId],
  );
  return rows.length > 0;
}

interface ViewRow {
  accountId: string;
  orderNumber: string;
  workId: string;
  workSerial: number;
  state: AttestationState;
  stateAt: Date;
  round: number;
  version: number;
  form: unknown;
  review: StoredReview | null;
  submission: { number: string | null; receivedAt: string | null } | null;
  isFoundByFile: boolean;
  createdAt: Date;
  submittedAt: Date | null;
  paidAt: Date | null;
  approvedAt: Date | null;
  certifiedAt: Date | null;
}

export type StoredReview = Pick<ReviewView, 'decision' | 'reasons' | 'decidedAt'>;

export function reviewView({ decision, reasons, decidedAt }: StoredReview, state: AttestationState): ReviewView {
  const at = new Date(decidedAt);
  const isOpen = decision === 'RETURN' && state === 'RETURNED';
  const deadline = isOpen ? new Date(at.getTime() + ATTESTATION_LIMITS.returnedMs).toISOString() : null;
  return { decision, reasons, decidedAt: at.toISOString(), deadline };
}

const SELECT_VIEW = `
  SELECT a.account_id AS "accountId", a.order_number::text AS "orderNumber", a.work_id AS "workId",
         w.serial AS "workSerial", a.state, a.state_at AS "stateAt", a.round, a.version, a.form,
         a.is_found_by_file AS "isFoundByFile",
         a.created_at AS "createdAt", a.submitted_at AS "submittedAt", a.paid_at AS "paidAt",
         a.approved_at AS "approvedAt", a.certified_at AS "certifiedAt",
         (SELECT json_build_object('decision', r.decision, 'reasons', r.reasons, 'decidedAt', r.decided_at)
            FROM review r WHERE r.attestation_id = a.id ORDER BY r.round DESC LIMIT 1) AS review,
         (SELECT json_build_object('number', m.number::text, 'receivedAt', m.received_at)
            FROM manifest m WHERE m.attestation_id = a.id AND m.purpose = 'submission' AND m.round = a.round
             AND m.state <> 'BUILT') AS submission
    FROM attestation a JOIN work w ON w.id = a.work_id WHERE a.id = $1`;

interface FileRow extends Omit<WorkFile, 'derivedFrom'> {
  role: 'FILE' | 'DISPLAY';
}

async function filesOf(db: Database, id: string): Promise<{ role: FileRow['role']; file: WorkFile }[]> {
  const rows = await db.query<FileRow>(
    `SELECT f.role, u.id AS "uploadId", u.name, u.declared_size AS size, u.media_type AS "mediaType", u.state,
            encode(u.sha256, 'hex') AS sha256, encode(u.sm3, 'hex') AS sm3
       FROM attestation_file f JOIN upload u ON u.id = f.upload_id WHERE f.attestation_id = $1 ORDER BY f.position`,
    [id],
  );
  return rows.map(({ role, ...file }) => ({ role, file }));
}

const SORT_COLUMNS = {
  submittedAt: {
    column: 'coalesce(a.submitted_at, a.created_at)',
    type: 'timestamptz',
    keyOf: ({ submittedAt, createdAt }: ListedOrder) => submittedAt ?? createdAt,
  },
  createdAt: { column: 'a.created_at', type: 'timestamptz', keyOf: ({ createdAt }: ListedOrder) => createdAt },
  stateAt: { column: 'a.state_at', type: 'timestamptz', keyOf: ({ stateAt }: ListedOrder) => stateAt },
  title: { column: "(a.form->>'title')", type: 'text', keyOf: ({ title }: ListedOrder) => title },
} as const;

type SortKey = keyof typeof SORT_COLUMNS;

interface SummaryRow {
  id: string;
  accountId: string;
  userNumber: number;
  orderNumber: string;
  workId: string;
  title: string;
  displayUploadId: string | null;
  state: AttestationState;
  stateAt: Date;
  round: number;
  payment: { outTradeNo: string; channel: string; isPaid: boolean } | null;
  certificateNumber: string | null;
  reasonCount: number;
  createdAt: Date;
  submittedAt: Date | null;
}

const SELECT_SUMMARY = `
  SELECT a.id, a.account_id AS "accountId", o.user_number AS "userNumber", a.order_number::text AS "orderNumber",
         a.work_id AS "workId", a.form->>'title' AS title, a.state, a.state_at AS "stateAt", a.round,
         (SELECT f.upload_id FROM attestation_file f
           WHERE f.attestation_id = a.id AND f.role = 'DISPLAY' ORDER BY f.position LIMIT 1) AS "displayUploadId",
         (SELECT json_build_object('outTradeNo', p.out_trade_no, 'channel', p.channel, 'isPaid', p.state = 'PAID')
            FROM payment p WHERE p.attestation_id = a.id
           ORDER BY p.state = 'PAID' DESC, p.created_at DESC, p.id DESC LIMIT 1) AS payment,
         a.certificate_number::text AS "certificateNumber",
         coalesce((SELECT jsonb_array_length(r.reasons::jsonb) FROM review r
                    WHERE r.attestation_id = a.id ORDER BY r.round DESC LIMIT 1), 0) AS "reasonCount",
         a.created_at AS "createdAt", a.submitted_at AS "submittedAt"
    FROM attestation a JOIN account o ON o.id = a.account_id`;

function summaryOf({ payment, userNumber, ...row }: SummaryRow): ListedOrder {
  return {
    ...row,
    userNumber: `ID${userNumber}`,
    stateAt: row.stateAt.toISOString(),
    paymentNumber: payment?.outTradeNo ?? null,
    isPaid: payment?.isPaid ?? false,
    channel: payment?.isPaid ? payment.channel : null,
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
