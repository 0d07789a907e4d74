// SPDX-License-Identifier: Apache-2.0
// The public face of the queue.
export { STEPS, type Step } from './step.ts';
export { createTriggers, type Triggers, type TriggersOptions } from './triggers.ts';
