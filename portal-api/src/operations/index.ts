// SPDX-License-Identifier: Apache-2.0
export { type Operations, openOperations } from './open-operations.ts';
export { operationsApi } from './operations.api.ts';
export { queueBoard } from './queue-board.ts';
