// SPDX-License-Identifier: Apache-2.0
// What the portal's own tables say of a number or a digest.
import { documentNumberOf, type PublicRecord, publicRecordSchema } from '../certificates/index.ts';
import { dayInChina } from '../china-time.ts';
import type { Db } from '../db/database.ts';
import { findByFileDigest, findByNumber, type NumberRow } from './find-numbers.sql.ts';
import type { LookupAnswer, LookupMatches } from './lookup.schema.ts';

const MAX_MATCHES = 20;
const LARGEST_STORED = 2n ** 63n - 1n;
const LARGEST_SERIAL = 2 ** 31 - 1;

/** The answer as it stands here; undefined for a number that is not ours, or not issued yet. */
export async function findNumber(db: Db, number: string): Promise<LookupAnswer | undefined> {
  if (BigInt(number) > LARGEST_STORED) return undefined;
  const row = await findByNumber(db, number);
  if (!row) return undefined;
  return answerOf(row);
}

/** A document number holds the day of issue in Beijing and a running number; only both together are its certificate's. */
export async function findDocumentNumber(db: Db, documentNumber: string): Promise<LookupAnswer | undefined> {
  const documentSerial = Number(documentNumber.slice(10));
  if (documentSerial > LARGEST_SERIAL) return undefined;
  const row = await db.certificate.findUnique({
    where: { documentSerial, issuedAt: { not: null } },
    select: {
      number: true,
      record: true,
      createdAt: true,
      revokedAt: true,
      revocationReason: true,
      erasedAt: true,
      supersededAt: true,
      registration: { select: { registrationNumber: true, approvedAt: true, certificateNumber: true } },
    },
  });
  if (!row || documentNumberOf(row.createdAt, documentSerial) !== documentNumber) return undefined;
  const { number, revokedAt, revocationReason: reason, erasedAt, supersededAt } = row;
  const { registrationNumber = null, approvedAt = null, certificateNumber } = row.registration ?? {};
  const supersededBy = certificateNumber ? String(certificateNumber) : null;
  const shown = { revokedAt, reason, erasedAt, registrationNumber, approvedAt, supersededAt, supersededBy };
  const found = { typed: 'document-number', number: String(number), ...shown } as const;
  return issuedAnswer(found, publicRecordSchema.parse(row.record));
}

/**
 * Numbers whose files include these bytes, and whose owners let them be found so; the number and its time, and nothing
 * else. One that may not be found looks like one that is not there.
 */
export async function findByFile(db: Db, sha256: string): Promise<LookupMatches['matches']> {
  const matches = await findByFileDigest(db, sha256, MAX_MATCHES);
  return matches.length > 0 ? matches : findByDocument(db, sha256);
}

/** The certificate itself, of whatever version: whoever has the PDF may learn that it was superseded. */
async function findByDocument(db: Db, sha256: string): Promise<LookupMatches['matches']> {
  const where = { pdfSha256: Buffer.from(sha256, 'hex'), issuedAt: { not: null } };
  const row = await db.certificate.findFirst({ where, select: { number: true, record: true } });
  return row ? [{ number: String(row.number), receivedAt: publicRecordSchema.parse(row.record).receivedAt }] : [];
}

export async function findByManifest(db: Db, sha256: string): Promise<LookupMatches['matches']> {
  const found = await db.manifest.findUnique({
    where: { sha256: Buffer.from(sha256, 'hex'), state: 'FINAL' },
    select: { number: true, receivedAt: true },
  });
  if (!found?.number || !found.receivedAt) return [];
  return [{ number: String(found.number), receivedAt: found.receivedAt.toISOString() }];
}

/** Whether the entry of this number is a record of a change of rights, and not the submission of an order. */
export async function isRightsEvent(db: Db, number: string): Promise<boolean> {
  return (await db.manifest.count({ where: { number: BigInt(number), purpose: 'event' } })) > 0;
}

/** 登记号, as it is printed. */
export async function findRegistrationNumber(db: Db, registrationNumber: string): Promise<LookupAnswer | undefined> {
  const row = await db.registration.findUnique({ where: { registrationNumber }, select: { orderNumber: true } });
  const found = row && (await findByNumber(db, String(row.orderNumber)));
  return found ? answerOf({ ...found, typed: 'registration-number' }) : undefined;
}

const answerOf = (row: LookupRow): LookupAnswer =>
  row.record === null ? orderAnswer(row) : issuedAnswer(row, row.record);

interface LookupRow extends Omit<NumberRow, 'typed'> {
  typed: LookupAnswer['typed'];
}

type IssuedRow = Omit<LookupRow, 'record' | 'submittedAt' | 'orderState'>;

function issuedAnswer(row: IssuedRow, record: PublicRecord): LookupAnswer {
  const { typed, number, revokedAt, reason, erasedAt } = row;
  const status = revokedAt ? 'revoked' : 'final';
  const revocation = revokedAt && reason ? { at: revokedAt.toISOString(), reason } : null;
  const registration = registrationOf(row);
  const erased = erasedAt?.toISOString() ?? null;
  const superseded = supersessionOf(row);
  return { typed, number, status, state: status, ...record, registration, revocation, erasedAt: erased, ...superseded };
}

function supersessionOf({
  supersededAt,
  supersededBy,
}: Pick<NumberRow, 'supersededAt' | 'supersededBy'>): Pick<LookupAnswer, 'superseded'> {
  if (!supersededAt || supersededBy === null) return {};
  return { superseded: { at: supersededAt.toISOString(), by: supersededBy } };
}

function registrationOf({
  registrationNumber,
  approvedAt,
}: Pick<NumberRow, 'registrationNumber' | 'approvedAt'>): LookupAnswer['registration'] {
  if (registrationNumber === null || approvedAt === null) return null;
  return { registrationNumber, registeredOn: dayInChina(approvedAt) };
}

/** Of orders that no certificate comes of as they stand. */
const ENDED: Readonly<Record<string, LookupAnswer['status']>> = {
  RETURNED: 'returned',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrawn',
};

/** How far an order without a certificate has come. */
const STEPS: Readonly<Record<string, LookupAnswer['state']>> = {
  UNDER_REVIEW: 'under-review',
  APPROVED: 'approved',
  ANCHORING: 'approved',
  REGISTERING: 'approved',
};

function orderAnswer({ typed, submittedAt, orderState, ...row }: LookupRow): LookupAnswer {
  const registration = registrationOf(row);
  return {
    typed,
    number: null,
    kind: registration ? 'registration' : 'attestation',
    registration,
    status: ENDED[orderState ?? ''] ?? 'pending',
    state: STEPS[orderState ?? ''] ?? 'received',
    receivedAt: submittedAt?.toISOString() ?? null,
    manifestSha256: null,
    registry: null,
    anchor: null,
    revocation: null,
    erasedAt: null,
  };
}
