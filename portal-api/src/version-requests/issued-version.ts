// SPDX-License-Identifier: Apache-2.0
// What a version puts on record, and what happens to the registration when its certificate is issued.
import type { JsonValue } from '@inkseal/verifier';
import { type CertifiedOrders, documentNumberOf } from '../certificates/index.ts';
import { dayInChina } from '../china-time.ts';
import type { Db, Transaction } from '../db/database.ts';
import { hexOf } from '../db/hex.ts';
import { jsonOf } from '../db/json.ts';
import { tryTransition } from '../db/transition.ts';
import type { VersionRequest } from '../generated/prisma/client.ts';
import { notify } from '../notifications/index.ts';
import {
  askRevocation,
  type Content,
  certifiedRegistrations,
  frozenSchema,
  lockRegistration,
  numberedFacts,
  type RegistrationRecord,
} from '../registrations/index.ts';
import { versionRequestMachine } from './version-request.ts';

export interface VersionOnRecord {
  /** The section `version`. */
  section: JsonValue;
  /** Of an amendment. */
  content: Content | undefined;
}

/** What the manifest of this round says of the version; undefined for a round of the registration itself. */
export async function versionOnRecord(
  db: Db,
  { registrationId, round }: { registrationId: string; round: number },
): Promise<VersionOnRecord | undefined> {
  const request = await db.versionRequest.findUnique({ where: { registrationId_round: { registrationId, round } } });
  if (!request?.approvedAt) return undefined;
  const { number, documentSerial, createdAt, pdfSha256 } = await db.certificate.findFirstOrThrow({
    where: { registrationId, supersededAt: null, issuedAt: { not: null } },
    select: { number: true, documentSerial: true, createdAt: true, pdfSha256: true },
  });
  const sha256 = hexOf(pdfSha256);
  return {
    section: {
      version: String(request.version),
      kind: request.kind,
      requestNumber: String(request.requestNumber),
      approvedOn: dayInChina(request.approvedAt),
      supersedes: {
        number: String(number),
        documentNumber: documentNumberOf(createdAt, documentSerial),
        ...(sha256 !== null && { sha256 }),
      },
    },
    content: contentOf(request)?.content,
  };
}

const contentOf = ({ content }: Pick<VersionRequest, 'content'>) => frozenSchema.nullable().parse(content);

/** Registrations as certificates see them: what is issued may be a later version. */
export const versionedRegistrations: CertifiedOrders = {
  ...certifiedRegistrations,

  async certified(tx, id, certificate) {
    const registration = await lockRegistration(tx, { id });
    const request = await requestOf(tx.prisma, { registrationId: id, number: certificate.number });
    if (request) await issueVersion(tx, registration, { request, number: certificate.number });
    else await certifiedRegistrations.certified(tx, id, certificate);
  },
};

async function requestOf(db: Db, { registrationId, number }: { registrationId: string; number: string }) {
  const manifest = await db.manifest.findUnique({ where: { number: BigInt(number) }, select: { round: true } });
  if (!manifest) return null;
  const { round } = manifest;
  return db.versionRequest.findUnique({ where: { registrationId_round: { registrationId, round } } });
}

async function issueVersion(
  tx: Transaction,
  { id, state, certificateNumber }: RegistrationRecord,
  { request, number }: { request: VersionRequest; number: string },
): Promise<void> {
  const moved = await tryTransition(tx, versionRequestMachine, {
    id: request.id,
    event: 'issue',
    actor: 'system',
    detail: { number, supersedes: String(certificateNumber) },
  });
  if (!moved) return;
  const amended = contentOf(request);
  await tx.prisma.registration.updateMany({
    where: { id },
    data: {
      certificateNumber: BigInt(number),
      ...(amended && { frozen: jsonOf(amended), form: jsonOf(amended.content.form) }),
    },
  });
  // Revoked while the version was on its way: nothing of the registration may stand.
  if (state === 'REVOKED') await askRevocation(tx, id, { number });
  const { owner, ...facts } = await numberedFacts(tx.prisma, id);
  const data = { ...facts, registrationId: id, number, isAmendment: request.kind === 'AMENDMENT' };
  await notify(tx, { to: owner, kind: 'version-issued', subject: `version-request:${request.id}`, data });
}
