// SPDX-License-Identifier: Apache-2.0
// bull-board for administrators: the rows of the outbox, and the queues that carry them. Only what is listed here
// reaches it. The board reads; a row is retried or discarded by our own code, which leaves an audit row.
import type { JobQueue } from '@inkseal/service-kit';
import { type Request, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { SessionPages } from '../http/app.ts';
import { actorOf, memberOf, requireAccess } from '../http/members.ts';
import { problems } from '../http/problems.ts';
import { csrfTokenOf } from '../http/sessions.ts';
import { discardParked, OUTBOX, retryParked } from './parked-work.ts';

const QUEUE_BOARD_PATH = '/staff/queues';

const PAGES = ['/', '/queue/:queue', '/queue/:queue/:job', '/job-schedulers'];
const READS = ['/api/queues', '/api/job-schedulers', '/api/queues/:queue/:job'];

export interface QueueBoardOptions {
  db: Database;
  queues: Readonly<Record<string, JobQueue>>;
  isHttps: boolean;
  logger: Logger;
}

export function queueBoard({ db, queues, isHttps, logger }: QueueBoardOptions): SessionPages {
  const board = boardOf(db, Object.values(queues));
  const router = Router();
  router.use(requireAccess({ staff: ['admin'] }));
  router.get(PAGES, giveToken(isHttps), allowBase, board);
  router.get('/static/{*file}', board);
  router.get(READS, noStore, board);
  router.put(`/api/queues/${OUTBOX}/:row/retry`, change(db, retryParked));
  router.put(`/api/queues/${OUTBOX}/:row/clean`, change(db, discardParked));
  router.use(() => {
    throw new DomainError('forbidden');
  });
  // The board takes every answer without `error` for success, whatever its status.
  const onError = problems.handler(logger, (title) => ({ error: title }));
  return { path: QUEUE_BOARD_PATH, router, onError };
}

/** Loaded when an administrator first looks. */
function boardOf(db: Database, queues: readonly JobQueue[]): RequestHandler {
  let board: Promise<RequestHandler> | undefined;
  return async (req, res, next) => {
    board ??= import('./open-board.ts').then(({ openBoard }) => openBoard({ db, queues, path: QUEUE_BOARD_PATH }));
    (await board)(req, res, next);
  };
}

/** The board's pages take the token from this cookie and send it as X-XSRF-TOKEN. */
function giveToken(isHttps: boolean): RequestHandler {
  return (req, res, next) => {
    res.cookie('XSRF-TOKEN', csrfTokenOf(req), { path: QUEUE_BOARD_PATH, sameSite: 'strict', secure: isHttps });
    res.set('Cache-Control', 'no-store');
    next();
  };
}

/** Its pages name their scripts relative to a base element, which our other pages forbid. */
const allowBase: RequestHandler = (_req, res, next) => {
  const policy = String(res.get('Content-Security-Policy'));
  res.set('Content-Security-Policy', policy.replace("base-uri 'none'", "base-uri 'self'"));
  next();
};

const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/** Text that is no id is not found, like an id that nothing has. */
function change(db: Database, run: typeof retryParked): RequestHandler<{ row: string }> {
  return async (req, res) => {
    const id = /^[1-9]\d{0,17}$/.test(req.params.row) ? req.params.row : '0';
    await run(db, id, actorOf(memberOf(req as Request).owner));
    res.status(200).json({});
  };
}
