// SPDX-License-Identifier: Apache-2.0
// Renders certificates in threads: one takes half a second of pure computation.
import { availableParallelism } from 'node:os';
import { bufferOf, createThreads } from '../../threads.ts';
import type { PrintedCertificate, PrintedPreview } from './printed-certificate.ts';
import type { RenderRequest, RenderSettings } from './render-thread.ts';

export interface Renderer {
  render(printed: PrintedCertificate, bundle: Uint8Array): Promise<Buffer>;
  preview(printed: PrintedPreview): Promise<Buffer>;
  close(): Promise<void>;
}

const MOST_THREADS = 4;

interface RendererOptions {
  /** Tests bring their own. */
  readonly thread?: URL;
  readonly onThreadLost?: (error: Error) => void;
}

export function createRenderer(settings: RenderSettings, options: RendererOptions = {}): Renderer {
  const { thread = new URL('./render-thread.ts', import.meta.url), onThreadLost } = options;
  const threads = createThreads<RenderRequest, Uint8Array>({
    file: thread,
    name: 'render',
    workerData: settings,
    // One processor is left for answering requests.
    most: Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)),
    onThreadLost,
  });
  return {
    render: async (printed, bundle) => bufferOf(await threads.run({ printed, bundle })),
    preview: async (printed) => bufferOf(await threads.run({ printed })),
    close: threads.close,
  };
}
