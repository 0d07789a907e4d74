// SPDX-License-Identifier: Apache-2.0
// What a connection asks its server.

/** Reason: asked on a single session, before a service has a pool or a Prisma client. */
export const READ_ONLY = 'SHOW transaction_read_only';
