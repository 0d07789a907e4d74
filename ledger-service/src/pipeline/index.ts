// SPDX-License-Identifier: Apache-2.0
// The public face of the pipeline.
export { readWorkAlarms } from './health.ts';
export { createPipeline, type Pipeline, type PipelineHooks } from './pipeline.ts';
