// SPDX-License-Identifier: Apache-2.0
// Runs work in spans. Where a collector is set, those of the sampled traces go there; OpenTelemetry is loaded only then.
import type { Logger } from 'pino';
import type { Tracing } from '../config/settings.ts';
import { DomainError } from '../errors.ts';
import { waitBriefly } from '../pause.ts';
import type { SpanExport } from './otlp.ts';
import { type NewSpan, newSpan, type Span, within } from './trace.ts';

export interface Tracer {
  /** Runs `work` in a span of its own, which ends with it. */
  run<T>(what: NewSpan, work: (span: Span) => Promise<T>): Promise<T>;
  /** Ends a span that was begun elsewhere. */
  end(span: Span): void;
  /** Sends what waits, if the collector takes it soon. */
  stop(): Promise<void>;
}

export interface TracerOptions {
  /** Its name for the collector. */
  readonly service: string;
  /** Undefined: nothing is exported. */
  readonly tracing: Tracing | undefined;
  readonly logger: Logger;
}

export function createTracer({ service, tracing, logger }: TracerOptions): Tracer {
  if (!tracing) return UNTRACED;
  const { sampledShare } = tracing;
  const noteCollector = collectorNews(logger);
  const opening = import('./otlp.ts').then(({ openExport }) => openExport(service, tracing, noteCollector));
  const exporting: Promise<SpanExport | undefined> = opening.catch((error) => void noteCollector(error));
  return tracerOf({
    take: (span) => {
      if (isSampled(span, sampledShare)) void exporting.then((open) => open?.take(span));
    },
    stop: () => waitBriefly(exporting.then((open) => open?.stop())),
  });
}

function tracerOf({ take, stop }: SpanExport): Tracer {
  const end = (span: Span) => {
    span.endedMs = performance.now();
    take(span);
  };
  return {
    end,
    async run(what, work) {
      const span = newSpan(what);
      try {
        return await within(span, () => work(span));
      } catch (error) {
        noteFailure(span, error);
        throw error;
      } finally {
        end(span);
      }
    },
    stop,
  };
}

/** Its spans give ids to log lines, and go nowhere. */
export const UNTRACED: Tracer = tracerOf({ take: () => undefined, stop: async () => undefined });

/** A code or a class, never the message: messages may quote what is personal. */
export function noteFailure(span: Span, error: unknown): void {
  span.hasFailed = true;
  span.facts['error.type'] =
    error instanceof DomainError ? error.code : error instanceof Error ? error.constructor.name : typeof error;
}

/** By the id alone, so that all parts decide alike. Its end is random also where other programs put a time in front. */
function isSampled({ traceId }: Span, share: number): boolean {
  return Number.parseInt(traceId.slice(-8), 16) < share * 0x1_0000_0000;
}

/** Told how each export ended. An outage repeats itself: it is logged when it begins and when it is over. */
function collectorNews(logger: Logger): (error?: Error) => void {
  let isUp = true;
  return (error) => {
    if (isUp && error) logger.warn({ reason: reasonOf(error) }, 'the collector takes no spans; they are dropped');
    if (!isUp && !error) logger.info('the collector takes spans again');
    isUp = error === undefined;
  };
}

/** A status, or a code of the network. The rest of the error may hold what was sent, and with which headers. */
function reasonOf(error: Error): string {
  return 'code' in error && error.code !== undefined ? String(error.code) : error.name;
}
