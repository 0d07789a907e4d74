// SPDX-License-Identifier: Apache-2.0
export { type Operations, openOperations } from './open-operations.ts';
export { operationsEndpoints } from './operations.routes.ts';
export { queueBoard } from './queue-board.ts';
