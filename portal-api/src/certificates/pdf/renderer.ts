// SPDX-License-Identifier: Apache-2.0
// Renders certificates in threads: one takes half a second of pure computation, during which nobody would be answered.
// A thread that crashes or runs out of memory fails the certificate it works on, and nothing else.
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { DomainError } from '../../errors.ts';
import type { PrintedCertificate, PrintedPreview } from './printed-certificate.ts';
import type { RenderRequest, RenderSettings } from './render-thread.ts';

export interface Renderer {
  render(printed: PrintedCertificate, bundle: Uint8Array): Promise<Buffer>;
  preview(printed: PrintedPreview): Promise<Buffer>;
  close(): Promise<void>;
}

const MOST_THREADS = 4;
const MOST_HEAP_MB = 512;
/** Then its memory is given back. */
const IDLE_MS = 20_000;
const LONGEST_MS = 120_000;

interface RendererOptions {
  /** Tests bring their own. */
  readonly thread?: URL;
  /** A thread failed while it had no work: it could not start, for instance for want of file handles. */
  readonly onThreadLost?: (error: Error) => void;
}

export function createRenderer(settings: RenderSettings, options: RendererOptions = {}): Renderer {
  const { thread = new URL('./render-thread.ts', import.meta.url), onThreadLost } = options;
  let threads: Piscina | undefined;

  function open(): Piscina {
    const opened = new Piscina({
      filename: thread.href,
      name: 'render',
      workerData: settings,
      minThreads: 0,
      // One processor is left for answering requests.
      maxThreads: Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)),
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    // Without a listener this would end the process. Such a pool starts no thread any more, and what waits would wait
    // forever: destroying it fails what waits, and the next certificate gets another pool.
    opened.on('error', (error: Error) => {
      if (threads === opened) threads = undefined;
      onThreadLost?.(error);
      void opened.destroy();
    });
    return opened;
  }

  async function run(request: RenderRequest): Promise<Buffer> {
    try {
      threads ??= open();
      const pdf: Uint8Array = await threads.run(request, { signal: AbortSignal.timeout(LONGEST_MS) });
      return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
    } catch (cause) {
      throw new DomainError('internal', { reason: 'rendering-failed' }, { cause });
    }
  }

  return {
    render: (printed, bundle) => run({ printed, bundle }),
    preview: (printed) => run({ printed }),
    close: async () => threads?.destroy(),
  };
}
