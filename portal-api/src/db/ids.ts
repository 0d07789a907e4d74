// SPDX-License-Identifier: Apache-2.0
// Row ids: UUIDv7, so that ids made one after the other sort so, and indexes grow at their end.
import { randomUUIDv7 } from 'node:crypto';

export const newId = (): string => randomUUIDv7();
