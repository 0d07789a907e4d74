// SPDX-License-Identifier: Apache-2.0
// bull-board itself, over the rows of the outbox and the queues that carry them. Who reaches it is queue-board.ts's.
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { JobQueue } from '@inkseal/service-kit';
import type { RequestHandler } from 'express';
import type { Database } from '../db/database.ts';
import { OutboxAdapter } from './outbox-adapter.ts';

const HIDDEN = 'hidden';

export interface BoardOptions {
  db: Database;
  queues: readonly JobQueue[];
  path: string;
}

export function openBoard({ db, queues, path }: BoardOptions): RequestHandler {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: [new OutboxAdapter(db.prisma), ...queues.map(carriedQueue)],
    serverAdapter,
    options: {
      uiConfig: { boardTitle: 'Inkseal', hideRedisDetails: true, hideDocsLink: true, showWorkers: false },
    },
  });
  return serverAdapter.getRouter();
}

/** Its jobs come and go by themselves. They carry only ids of rows, but nobody has to see those either. */
function carriedQueue(queue: JobQueue): BullMQAdapter {
  type BullMQQueue = ConstructorParameters<typeof BullMQAdapter>[0];
  const adapter = new BullMQAdapter(queue as unknown as BullMQQueue, { readOnlyMode: true }); // service-kit hides its type
  for (const field of ['data', 'returnValue', 'progress'] as const) adapter.setFormatter(field, () => HIDDEN);
  return adapter;
}
