// SPDX-License-Identifier: Apache-2.0
// What both services share, and no domain.
export { databaseConfig, openPool, openSession } from './db/connections.ts';
export { parseDatabaseUrl } from './db/database-url.ts';
export {
  type Details,
  DomainError,
  type ErrorContext,
  type FieldFault,
  type KitErrorCode,
  type KitStartCode,
  StartError,
} from './errors.ts';
export { addressKey } from './http/address-key.ts';
export { isLocalRequest } from './http/local-request.ts';
export { PERMISSIONS_POLICY } from './http/security-headers.ts';
export { createStoppableServer, type StoppableServer } from './http/server.ts';
export { lossyDestination, surviveLostOutput, WAITING_LIMIT_BYTES } from './log/lossy-destination.ts';
export { isDiskFull } from './storage/disk-full.ts';
export { writeWhole } from './storage/write-whole.ts';
