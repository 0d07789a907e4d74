// SPDX-License-Identifier: Apache-2.0
// Certificates: issued from a final entry, given to their owners, and opened to anyone with a code.
import { encodeBundle, parseBundle } from '@inkseal/verifier';
import type { Response } from 'express';
import type { Db } from '../db/database.ts';
import { type OrderKey, orderKeyOf } from '../orders/index.ts';
import type { Topics } from '../queue/outbox-worker.ts';
import type { CertificateView } from './certificates.schema.ts';
import { bundleOfCertificate, codesOfCertificate, findCertificate, findIssued } from './certificates.store.ts';
import { CERTIFICATE_TOPIC } from './certified-orders.ts';
import { requireIssued, sendBundle, sendPackage } from './hand-over.ts';
import { type IssueParts, issueCertificate, lookupUrlOf } from './issue-certificate.ts';
import { type FreshStatus, openCertificate, type Unlocked, unlock } from './unlock.ts';

/** Most bytes of originals in one package: with the rest it stays below what the plain zip format holds. */
export const PACKAGE_LIMIT_BYTES = 3 * 2 ** 30;

export interface Certificates {
  topics: Topics;
  /** What the owner's page shows. */
  viewOf(order: OrderKey): Promise<CertificateView | null>;
  /** The stored proof without manifest and sections; undefined for a number that is not ours. */
  publicBundle(number: string): Promise<Uint8Array | undefined>;
  /** Undefined for a wrong code, and for a number without certificate. */
  unlock(number: string, code: string, freshStatus: FreshStatus): Promise<Unlocked | undefined>;
  /** The proof with the sections that `keeps` names, as a download. Throws `certificate-not-ready`. */
  sendBundle(order: OrderKey, res: Response, keeps: (section: string) => boolean): Promise<void>;
  /** The evidence package as a download. Throws `certificate-not-ready`. */
  sendPackage(order: OrderKey, res: Response): Promise<void>;
  /** The same for whoever was shown it by its owner; undefined while there is no certificate. */
  open(order: OrderKey, freshStatus: FreshStatus): Promise<(Unlocked & { number: string }) | undefined>;
}

export function createCertificates(parts: IssueParts): Certificates {
  const { vault, publicUrl } = parts;
  const db = parts.db.prisma;
  return {
    topics: {
      [CERTIFICATE_TOPIC]: ({ round, ...named }) =>
        issueCertificate(parts, { order: orderKeyOf(named), round: Number(round) }),
    },
    async viewOf(order) {
      const row = await findCertificate(db, order);
      if (!row?.issuedAt) return null;
      const { lookup, typed } = await codesOfCertificate(db, vault, row.id);
      const { number, version, documentNumber, receivedAt, isStamped } = row;
      const issuedAt = row.issuedAt.toISOString();
      const lookupUrl = lookupUrlOf(publicUrl(), number, lookup);
      return { number, version, documentNumber, receivedAt, issuedAt, isStamped, lookupUrl, typedCode: typed };
    },
    async publicBundle(number) {
      const row = await findIssued(db, number);
      if (!row) return undefined;
      const { manifest: _m, sections: _s, ...open } = parseBundle(await bundleOfCertificate(db, vault, row.id));
      return encodeBundle(open);
    },
    sendBundle: async (order, res, keeps) => sendBundle(parts, await requireIssued(db, order), res, keeps),
    sendPackage: async (order, res) => sendPackage(parts, await requireIssued(db, order), res),
    unlock: (number, text, freshStatus) => unlock({ db, vault }, { number, text, freshStatus }),
    async open(order, freshStatus) {
      const row = await findCertificate(db, order);
      const opened = await openCertificate({ db, vault }, row, freshStatus);
      return row && opened && { ...opened, number: row.number };
    },
  };
}

/** Of every version. */
export async function issuedNumbers(db: Db, order: OrderKey): Promise<string[]> {
  const where = { ...order, issuedAt: { not: null } };
  const rows = await db.certificate.findMany({ where, select: { number: true }, orderBy: { version: 'asc' } });
  return rows.map(({ number }) => String(number));
}

/** Every version. Shown at the look-up from now on. For the transaction that moves the order to REVOKED. */
export async function noteRevoked(db: Db, { order, reason }: { order: OrderKey; reason: string }): Promise<void> {
  await db.certificate.updateMany({
    where: { ...order, revokedAt: null },
    data: { revokedAt: new Date(), revocationReason: reason },
  });
}
