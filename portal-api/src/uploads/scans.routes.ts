// SPDX-License-Identifier: Apache-2.0
// What staff sees of uploads that nothing may use, and the second scan of a file that was found.
import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { type keptUpload, scansApi } from './scans.api.ts';
import { SCAN_TOPIC, uploadMachine } from './upload.ts';

const SHOWN = 100;

export function scanEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(scansApi.list, async () => ({
      items: [...(await keptUploads(db, 'QUARANTINED')), ...(await keptUploads(db, 'SCANNING'))],
      quarantined: await countIn(db, 'QUARANTINED'),
      scanning: await countIn(db, 'SCANNING'),
    })),
    endpoint(scansApi.scanAgain, async ({ params: { id }, req }) => {
      await scanAgain(db, id, `account:${memberOf(req).id}`);
      return undefined;
    }),
  ];
}

type KeptState = z.output<typeof keptUpload>['state'];

async function keptUploads({ prisma }: Database, state: KeptState): Promise<z.output<typeof keptUpload>[]> {
  const rows = await prisma.upload.findMany({
    where: { state },
    orderBy: [{ stateAt: 'asc' }, { id: 'asc' }],
    take: SHOWN,
    select: {
      id: true,
      accountId: true,
      stateAt: true,
      declaredSize: true,
      mediaType: true,
      scans: { select: { finding: true, engine: true }, orderBy: { scannedAt: 'desc' }, take: 1 },
    },
  });
  return rows.map(({ id, accountId, stateAt, declaredSize, mediaType, scans: [scan] }) => ({
    id,
    accountId,
    state,
    since: stateAt.toISOString(),
    size: String(declaredSize),
    mediaType,
    finding: scan?.finding ?? null,
    engine: scan?.engine ?? null,
  }));
}

const countIn = ({ prisma }: Database, state: KeptState): Promise<number> => prisma.upload.count({ where: { state } });

async function scanAgain(db: Database, id: string, actor: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockRow(tx, 'upload', id);
    if ((await tx.prisma.upload.count({ where: { id } })) === 0) throw new DomainError('upload-not-found');
    const outbox = [{ topic: SCAN_TOPIC, payload: { uploadId: id } }];
    await transition(tx, uploadMachine, { id, event: 'scan-again', actor, outbox });
  });
}
