// SPDX-License-Identifier: Apache-2.0
// The public face of the queue.
export { type Leader, startLeader } from './leader.ts';
export { createStepRunner, STEPS, type Step, type StepRunner } from './steps.ts';
export { createTriggers, type Triggers, type TriggersOptions } from './triggers.ts';
