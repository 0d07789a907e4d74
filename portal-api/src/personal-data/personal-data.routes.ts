// SPDX-License-Identifier: Apache-2.0

import type { Response } from 'express';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { earlierPdfsOf } from '../earlier-certificates/index.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { sendStream } from '../http/send-stream.ts';
import { hasHeldOrder } from '../legal-holds/index.ts';
import { agreementsOf } from '../pages/index.ts';
import type { OriginalSource } from '../uploads/index.ts';
import { findBlockers } from './blockers.store.ts';
import type { Closing } from './closing.ts';
import { filesOf, imagesOf, streamExport } from './export-package.ts';
import { beginExport, type DataExport, findExport, readSnapshot } from './exports.store.ts';
import { personalDataApi } from './personal-data.api.ts';

/** Outbox topic; the payload is `{ exportId }`. */
export const EXPORT_TOPIC = 'data-export';

export interface PersonalDataParts {
  db: Database;
  vault: Vault;
  source: OriginalSource;
  closing: Closing;
}

export function personalDataEndpoints(parts: PersonalDataParts): Endpoint[] {
  return [...exportEndpoints(parts), ...endingEndpoints(parts)];
}

function exportEndpoints({ db, vault, source }: PersonalDataParts): Endpoint[] {
  return [
    endpoint(personalDataApi.requestExport, async ({ req }) => {
      const accountId = memberOf(req).id;
      return db.transaction(async (tx) => {
        const { made, isNew } = await beginExport(tx, accountId);
        if (isNew) tx.enqueue(EXPORT_TOPIC, { exportId: made.id });
        const subject = `account:${accountId}`;
        if (isNew) tx.record({ actor: subject, action: 'account.export', subject });
        return shown(made);
      });
    }),
    endpoint(personalDataApi.readExport, async ({ req }) => {
      const found = await findExport(db.prisma, memberOf(req).id);
      return { export: found && shown(found) };
    }),
    endpoint(personalDataApi.downloadExport, async ({ req, res }) => {
      const accountId = memberOf(req).id;
      const snapshot = await readSnapshot(db.prisma, vault, accountId);
      if (!snapshot) throw new DomainError('file-not-found');
      const images = await imagesOf(db.prisma, vault, accountId);
      const papers = await earlierPdfsOf(db.prisma, vault, accountId);
      const files = await filesOf(db.prisma, accountId);
      await send(streamExport(source, { snapshot, images, papers, files }), res);
      return undefined;
    }),
  ];
}

function endingEndpoints({ db, closing }: PersonalDataParts): Endpoint[] {
  return [
    endpoint(personalDataApi.readBlockers, async ({ req }) => {
      const { id } = memberOf(req);
      return { reasons: await findBlockers(db.prisma, id), isHeld: await hasHeldOrder(db.prisma, id) };
    }),
    endpoint(personalDataApi.closeAccount, async ({ body, req }) => {
      await closing.close(memberOf(req).id, body);
      return undefined;
    }),
    endpoint(personalDataApi.readConsents, async ({ req }) => {
      const { id } = memberOf(req);
      const identity = await db.prisma.identity.findFirst({
        where: { accountId: id, supersededAt: null },
        select: { consentAt: true },
      });
      return {
        agreements: await agreementsOf(db.prisma, id),
        identity: identity?.consentAt.toISOString() ?? null,
      };
    }),
    endpoint(personalDataApi.withdrawIdentity, async ({ req }) => {
      await closing.withdrawIdentity(memberOf(req).id);
      return undefined;
    }),
  ];
}

async function send(stream: ReturnType<typeof streamExport>, res: Response): Promise<void> {
  res.set({
    'Content-Type': 'application/zip',
    'Cache-Control': 'private, no-store',
    'Content-Disposition': 'attachment; filename="my-data.zip"',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  await sendStream(stream, res);
}

function shown({ state, createdAt, readyAt, expiresAt }: DataExport) {
  return {
    state,
    createdAt: createdAt.toISOString(),
    readyAt: readyAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  };
}
