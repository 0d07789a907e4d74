// SPDX-License-Identifier: Apache-2.0
// Fills templates in a thread: one takes ten milliseconds and more of pure computation, and members may ask for many at once.
import { bufferOf, createThreads } from '../threads.ts';
import type { TemplateFacts } from './template-facts.ts';
import type { TemplateKind } from './template-names.ts';
import type { TemplateRequest } from './template-thread.ts';

export interface TemplateMaker {
  /** A DOCX on A4. */
  make(kind: TemplateKind, facts: TemplateFacts): Promise<Buffer>;
  close(): Promise<void>;
}

interface TemplateMakerOptions {
  /** Tests bring their own. */
  readonly thread?: URL;
  readonly onThreadLost?: (error: Error) => void;
}

export function createTemplateMaker(options: TemplateMakerOptions = {}): TemplateMaker {
  const { thread = new URL('./template-thread.ts', import.meta.url), onThreadLost } = options;
  const threads = createThreads<TemplateRequest, Uint8Array>({ file: thread, name: 'make', most: 1, onThreadLost });
  return { make: async (kind, facts) => bufferOf(await threads.run({ kind, facts })), close: threads.close };
}
