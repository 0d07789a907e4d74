// SPDX-License-Identifier: Apache-2.0
// What a session listens to.

/** Reason: Prisma Client cannot listen. The name comes from our own code. */
export const listenTo = (channel: string) => `LISTEN ${channel}`;
