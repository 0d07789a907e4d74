// SPDX-License-Identifier: Apache-2.0
// Values for columns of JSON.
import type { Prisma } from '../generated/prisma/client.ts';

/** As it will be read back: without what is undefined, times as text. */
export const jsonOf = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value));
