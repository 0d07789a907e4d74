// SPDX-License-Identifier: Apache-2.0
// Sends spans to a collector: OTLP over HTTP, as JSON, with OpenTelemetry's own queue and exporter. No request waits for
// it: a full queue drops what comes. Imported by tracer.ts alone, and only where a collector is set.
import { type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { Tracing } from '../config/settings.ts';
import { SPAN_FACTS, type Span } from './trace.ts';

const QUEUE = { maxQueueSize: 2_048, maxExportBatchSize: 512, scheduledDelayMillis: 1_000 };
/** Its repeated tries included. */
const TIMEOUT_MS = 5_000;

export interface SpanExport {
  take(span: Span): void;
  stop(): Promise<void>;
}

/** `onExport` is told how each try ended. */
export function openExport(service: string, { url, headers }: Tracing, onExport: (error?: Error) => void): SpanExport {
  const otlp = new OTLPTraceExporter({
    url: `${url.replace(/\/+$/, '')}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: TIMEOUT_MS,
  });
  const exporter: SpanExporter = {
    export: (spans, done) =>
      otlp.export(spans, (result) => {
        onExport(result.error);
        done(result);
      }),
    shutdown: () => otlp.shutdown(),
  };
  const processor = new BatchSpanProcessor({ exporter, ...QUEUE });
  // Nothing that OpenTelemetry would find out of the machine: its name, its user, how the process was started.
  const resource = resourceFromAttributes({ 'service.name': service });
  return {
    take: (span) => processor.onEnd(readable(span, resource)),
    stop: () => processor.shutdown(),
  };
}

const KINDS: Readonly<Record<Span['kind'], SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

const SCOPE = { name: 'inkseal' };

/** An ended span in OpenTelemetry's words. */
function readable(span: Span, resource: Resource): ReadableSpan {
  const {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind,
    facts,
    hasFailed,
    startedAt,
    startedMs,
    endedMs = startedMs,
  } = span;
  const traceFlags = TraceFlags.SAMPLED;
  const tookMs = endedMs - startedMs;
  return {
    name,
    kind: KINDS[kind],
    spanContext: () => ({ traceId, spanId, traceFlags }),
    ...(parentSpanId === undefined ? {} : { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags } }),
    startTime: timeOf(startedAt),
    endTime: timeOf(startedAt + tookMs),
    duration: timeOf(tookMs),
    status: { code: hasFailed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: Object.fromEntries(
      SPAN_FACTS.flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]])),
    ),
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds, and nanoseconds of the one that has begun. */
function timeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.floor((ms - seconds * 1_000) * 1_000_000)];
}
