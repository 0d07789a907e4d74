// SPDX-License-Identifier: Apache-2.0
// Puts a head of the audit chain on record in the ledger, and keeps the proof. May run twice: the reference names the
// day, and the same digest under the same reference is the same entry.
import { parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { NotYet, type TopicHandler } from '../queue/outbox-worker.ts';

/** Outbox topic; the payload is `{ day }`. */
export const HEAD_TOPIC = 'audit-head';

const RETRY_MS = 2_000;

export interface AnchorParts {
  db: Database;
  ledger: LedgerClient;
  logger: Logger;
}

export function anchorHead({ db, ledger, logger }: AnchorParts): TopicHandler {
  return async ({ day }) => {
    const where = { day: new Date(String(day)) };
    const head = await db.prisma.auditHead.findUnique({ where });
    if (!head || head.proof) return;
    const sha256 = Buffer.from(head.digest).toString('hex');
    const { number } = await ledger.submit({ reference: `audit-head:${day}`, kind: 'audit-head', sha256 });
    const proof = number === undefined ? undefined : await ledger.proof(number);
    if (number === undefined || proof === undefined) throw new NotYet('the audit head is final', RETRY_MS);
    if (!(await holds(ledger, { proof, number, sha256 }))) {
      logger.error({ alert: 'proof', day, number }, 'the proof of an audit head does not hold');
      throw new DomainError('internal', { reason: 'proof-not-consistent' });
    }
    const data = { number: BigInt(number), proof: Buffer.from(proof), provenAt: new Date() };
    await db.prisma.auditHead.updateMany({ where: { ...where, proof: null }, data });
  };
}

/** Offline, an embedded chain is consistent at best: no validator signs its blocks. */
async function holds(
  ledger: LedgerClient,
  { proof, number, sha256 }: { proof: Uint8Array; number: string; sha256: string },
): Promise<boolean> {
  const { statement } = parseBundle(proof);
  const isOurs = statement.kind === 'audit-head' && statement.number === number && statement.sha256 === sha256;
  const { verdict } = await verifyBundle(proof, { trust: parseTrustFile(await ledger.trust()) });
  return isOurs && verdict !== 'not-verified';
}
