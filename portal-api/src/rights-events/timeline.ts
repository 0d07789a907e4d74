// SPDX-License-Identifier: Apache-2.0
// Everything on record of a work's rights, in the order in which it happened.
import type { Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { RightsEventView, Step, Timeline } from './rights-events.schema.ts';
import { eventsOf } from './rights-events.store.ts';

export interface TimelineWork {
  id: string;
  serial: number;
  title: string;
}

export async function timelineOf(db: Db, work: TimelineWork): Promise<Timeline> {
  const attestations = await db.attestation.findMany({
    where: { workId: work.id, state: { in: ['APPROVED', 'ANCHORING', 'CERTIFIED', 'REVOKED'] } },
    select: { id: true, state: true, approvedAt: true, certifiedAt: true, ...CERTIFICATE },
  });
  const registrations = await db.registration.findMany({
    where: { workId: work.id, state: { in: ['REGISTERING', 'REGISTERED', 'REVOKED'] } },
    select: { id: true, state: true, approvedAt: true, registrationNumber: true, ...CERTIFICATE, ...VERSIONS },
  });
  const steps = [
    ...attestations.flatMap((row) => orderSteps({ ...row, at: row.certifiedAt ?? row.approvedAt })),
    // 登记号 and day of a registration are those of its approval.
    ...registrations.flatMap((row) => orderSteps({ ...row, at: row.approvedAt })),
    ...(await eventsOf(db, work.id)).map(eventStep),
  ];
  return {
    workId: work.id,
    workSerial: work.serial,
    title: work.title,
    canRecord: [...attestations, ...registrations].some(({ state }) => state === 'CERTIFIED' || state === 'REGISTERED'),
    steps: steps.toSorted((one, other) => one.at.localeCompare(other.at)),
  };
}

/** The work as a record names it. */
export async function namedWork(db: Db, workId: string) {
  const { title, serial } = await db.work.findUniqueOrThrow({
    where: { id: workId },
    select: { title: true, serial: true },
  });
  return { title, serial, ...(await certifiedNumbers(db, workId)) };
}

/** The numbers of the certificates of a work that stand, of either kind. */
async function certifiedNumbers(
  db: Db,
  workId: string,
): Promise<{ certificateNumbers: string[]; registrationNumber: string | null }> {
  const attestations = await db.attestation.findMany({
    where: { workId, state: 'CERTIFIED', certificateNumber: { not: null } },
    select: { certificateNumber: true },
    orderBy: { certificateNumber: 'asc' },
  });
  const registrations = await db.registration.findMany({
    where: { workId, state: 'REGISTERED', certificateNumber: { not: null } },
    select: { certificateNumber: true, registrationNumber: true },
  });
  return {
    certificateNumbers: [...attestations, ...registrations].map(({ certificateNumber }) => String(certificateNumber)),
    registrationNumber: registrations[0]?.registrationNumber ?? null,
  };
}

const CERTIFICATE = {
  certificateNumber: true,
  certificates: {
    where: { issuedAt: { not: null } },
    select: { number: true, version: true, issuedAt: true, revokedAt: true },
    orderBy: { version: 'asc' },
  },
} as const satisfies Prisma.AttestationSelect;

const VERSIONS = {
  versionRequests: { where: { state: 'ISSUED' }, select: { version: true, kind: true } },
} as const satisfies Prisma.RegistrationSelect;

interface OrderRow {
  id: string;
  at: Date | null;
  certificateNumber: bigint | null;
  registrationNumber?: string | null;
  /** The earliest version first. */
  certificates: readonly { number: bigint; version: number; issuedAt: Date | null; revokedAt: Date | null }[];
  versionRequests?: readonly { version: number | null; kind: 'REISSUE' | 'AMENDMENT' }[];
}

/** The order, the later versions of its certificate, and its revocation where there was one. */
function orderSteps({ id, at, certificateNumber, certificates, versionRequests = [], ...row }: OrderRow): Step[] {
  if (!at) return [];
  const isRegistration = 'registrationNumber' in row;
  const shared = {
    number: numberOf(certificates[0]?.number ?? certificateNumber),
    registrationNumber: row.registrationNumber ?? null,
    orderId: id,
    isRegistration,
    event: null,
  };
  const made: Step = {
    ...shared,
    kind: isRegistration ? 'REGISTRATION' : 'ATTESTATION',
    at: at.toISOString(),
    isFinal: certificateNumber !== null,
  };
  const versions = certificates.flatMap(({ number, version, issuedAt }): Step[] => {
    const kind = versionRequests.find((request) => request.version === version)?.kind;
    if (!kind || !issuedAt) return [];
    return [{ ...shared, number: numberOf(number), kind, at: issuedAt.toISOString(), isFinal: true }];
  });
  const revokedAt = certificates.at(-1)?.revokedAt;
  const number = numberOf(certificateNumber);
  const revoked = { ...shared, number, kind: 'REVOCATION' as const, at: revokedAt?.toISOString() ?? '', isFinal: true };
  return [made, ...versions, ...(revokedAt ? [revoked] : [])];
}

const numberOf = (number: bigint | null): string | null => (number === null ? null : String(number));

const eventStep = (event: RightsEventView): Step => ({
  kind: event.kind,
  at: event.recordedAt,
  isFinal: event.state === 'FINAL',
  number: event.number,
  registrationNumber: null,
  orderId: null,
  isRegistration: false,
  event,
});
