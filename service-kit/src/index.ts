// SPDX-License-Identifier: Apache-2.0
// What both services share, and no domain.
export {
  bigNumber,
  databaseUrl,
  readSettings,
  serverSettings,
  tracingOf,
  urlOf,
  type Variables,
  wholeNumber,
} from './config/settings.ts';
export { type AdvisoryLocks, createAdvisoryLocks, type HeldLock } from './db/advisory-locks.ts';
export { openPool, openSession } from './db/connections.ts';
export { type Database, openDatabase, type TransactionOptions } from './db/database.ts';
export { parseDatabaseUrl } from './db/database-url.ts';
export { createListeningSession, type ListeningSession, type Release } from './db/listening-session.ts';
export { createMigrations } from './db/migrations.ts';
export { databaseFaultOf, isDatabaseUnavailable, isWriteConflict, violatedKey } from './db/outage.ts';
export { column, execute, named, rowsOf, type Statement, sessionOf } from './db/rows.ts';
export { type Details, DomainError, type FieldFault, StartError } from './errors.ts';
export { addressKey } from './http/address-key.ts';
export { bearerToken, mayReadMetrics, refuseOtherMethods, refuseUnknownRoutes, refuseWhen } from './http/guards.ts';
export { createLimiter, type Limiter } from './http/limiter.ts';
export { isLocalRequest } from './http/local-request.ts';
export {
  type DescribedOperation,
  describeOperation,
  describePaths,
  type Operation,
  problemSchemaOf,
  withProblems,
} from './http/operation.ts';
export { AnswerFault, boundedBytes, postBytes } from './http/post-bytes.ts';
export { createProblems, type ProblemKinds } from './http/problems.ts';
export { PERMISSIONS_POLICY } from './http/security-headers.ts';
export { createStoppableServer, type StoppableServer } from './http/server.ts';
export { parseJson } from './json.ts';
export { createLogger } from './log/logger.ts';
export { logLosses, surviveLostOutput } from './log/lossy-destination.ts';
export { requestIdOf, requestLog } from './log/request-log.ts';
export { pause, soon, waitBriefly } from './pause.ts';
export {
  type CarriedJob,
  type Carrier,
  type JobOptions,
  type JobQueue,
  type JobWorker,
  ONCE,
  openCarrier,
} from './queue/carrier.ts';
export { isDiskFull } from './storage/disk-full.ts';
export { writeWhole } from './storage/write-whole.ts';
export {
  currentSpan,
  joinTrace,
  type NewSpan,
  onRoute,
  parseTraceparent,
  type Span,
  traceparentOf,
} from './tracing/trace.ts';
export { createTracer, noteFailure, type Tracer, UNTRACED } from './tracing/tracer.ts';
