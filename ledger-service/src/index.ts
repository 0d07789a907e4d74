// SPDX-License-Identifier: Apache-2.0
// The service as a part of larger programs: tests and scripts. On its own it runs as main.ts.
export { composePipeline, composeService, type PipelineFactory, type Service } from './compose.ts';
export { type Config, loadConfig } from './config.ts';
export type { Pipeline } from './pipeline/index.ts';
