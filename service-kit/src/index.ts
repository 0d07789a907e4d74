// SPDX-License-Identifier: Apache-2.0
// What both services share, and no domain.
export { databaseConfig, openPool, openSession } from './db/connections.ts';
export { parseDatabaseUrl } from './db/database-url.ts';
export { addressKey } from './http/address-key.ts';
export { isLocalRequest } from './http/local-request.ts';
export { PERMISSIONS_POLICY } from './http/security-headers.ts';
export { createStoppableServer, type StoppableServer } from './http/server.ts';
