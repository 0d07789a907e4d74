// SPDX-License-Identifier: Apache-2.0
// A registration's way into the ledger, when it is approved, and that of each later version of its certificate.
import type { JsonValue } from '@inkseal/verifier';
import { processLines } from '../audit/index.ts';
import { CERTIFICATE_TOPIC } from '../certificates/index.ts';
import { dayInChina } from '../china-time.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Purpose, processSection, salted } from '../manifests/index.ts';
import { recordIdOf } from '../orders/index.ts';
import type { FullNameOf } from '../parties/index.ts';
import { type Content, frozenSchema } from './content.ts';
import { provenanceOf } from './provenance.ts';
import { REGISTRATION_ENTRY_TOPIC } from './registration.ts';
import { sectionsOf } from './sections.ts';

/** Names the version before it. */
const VERSION_SECTION = 'version';

/** What a round that is no submission puts on record: a later version of the certificate. */
export type VersionOf = (
  db: Db,
  round: { registrationId: string; round: number },
) => Promise<{ section: JsonValue; content: Content | undefined } | undefined>;

interface PurposeParts {
  db: Database;
  fullNameOf: FullNameOf;
  versionOf: VersionOf;
}

export function registrationPurpose({ db, fullNameOf, versionOf }: PurposeParts): Purpose {
  return {
    topic: REGISTRATION_ENTRY_TOPIC,
    async sections({ order, round }) {
      const registrationId = recordIdOf(order);
      const row = await db.prisma.registration.findUnique({
        where: { id: registrationId },
        select: { orderNumber: true, registrationNumber: true, approvedAt: true, frozen: true },
      });
      const { frozen, registrationNumber, approvedAt } = row ?? {};
      if (!row || !frozen || !registrationNumber || !approvedAt)
        throw new DomainError('internal', { reason: 'content-missing' });
      const version = await versionOf(db.prisma, { registrationId, round });
      const content = version?.content ?? frozenSchema.parse(frozen).content;
      const registered = {
        orderNumber: String(row.orderNumber),
        registrationNumber,
        registeredOn: dayInChina(approvedAt),
      };
      const { subjects } = await provenanceOf(db.prisma, registrationId);
      return [
        ...(await sectionsOf(registered, content, fullNameOf)),
        ...(version ? [salted(VERSION_SECTION, version.section)] : []),
        processSection(await processLines(db.prisma, subjects)),
      ];
    },
    // It waits for its certificate in the state that the approval gave it.
    entered: async () => undefined,
    async final(tx, { order, round }) {
      tx.enqueue(CERTIFICATE_TOPIC, { ...order, round });
    },
  };
}
