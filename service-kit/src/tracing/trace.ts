// SPDX-License-Identifier: Apache-2.0
// One id for all that comes of one request, in every part and every log line: a W3C trace id (www.w3.org/TR/trace-context),
// which we make ourselves. It travels with the work: inside a process by itself, to another one as `traceparent`. Nothing
// leaves from here; tracer.ts exports spans where a collector is set.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Connections and timers that began in a span live on for hours: after this time what they do is no part of it. */
const REMAINS_MS = 60_000;
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

/** All that a span may say besides its name, kind and times: nothing about people, nothing that was sent. */
export const SPAN_FACTS = [
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.destination.name',
  'url.template',
] as const;

export type SpanFacts = { [Name in (typeof SPAN_FACTS)[number]]?: string | number };

/** A place in a trace, at which what comes next continues. */
export interface TracePlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** A piece of work that takes time. */
export interface Span extends TracePlace {
  traceId: string;
  parentSpanId: string | undefined;
  /** One of few: never with an id, a number or whatever else differs from request to request. */
  name: string;
  readonly kind: 'server' | 'client' | 'consumer' | 'internal';
  readonly facts: SpanFacts;
  hasFailed: boolean;
  /** By the wall clock, ms since 1970, and by the one that only runs forward. */
  readonly startedAt: number;
  readonly startedMs: number;
  endedMs: number | undefined;
}

export interface NewSpan extends Pick<Span, 'name' | 'kind'> {
  facts?: SpanFacts;
  /** Without it a trace begins here. */
  parent?: TracePlace | undefined;
}

const running = new AsyncLocalStorage<Span>();

export function newSpan({ name, kind, facts = {}, parent }: NewSpan): Span {
  return {
    traceId: parent?.traceId ?? randomHex(),
    spanId: randomHex().slice(0, 16),
    parentSpanId: parent?.spanId,
    name,
    kind,
    facts: { ...facts },
    hasFailed: false,
    startedAt: Date.now(),
    startedMs: performance.now(),
    endedMs: undefined,
  };
}

/** 32 digits. Node keeps random bytes ready for these alone, and each request needs two. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '');
}

/** All that `work` sets off is part of the span. */
export function within<T>(span: Span, work: () => T): T {
  return running.run(span, work);
}

export function currentSpan(): Span | undefined {
  const span = running.getStore();
  const isOver = span?.endedMs !== undefined && span.endedMs < performance.now() - REMAINS_MS;
  return isOver ? undefined : span;
}

/** For log lines. */
export function traceIds(span: TracePlace | undefined = currentSpan()): Partial<TracePlace> {
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}

/** The flag says that the trace may be exported. Our parts do not ask it: each decides by the id. */
export function traceparentOf({ traceId, spanId }: TracePlace): string {
  return `00-${traceId}-${spanId}-01`;
}

export function parseTraceparent(text: string | null | undefined): TracePlace | undefined {
  const [, traceId, spanId] = TRACEPARENT.exec(text ?? '') ?? [];
  return traceId && spanId ? { traceId, spanId } : undefined;
}

/**
 * The request becomes part of its caller's trace. Only for callers that have shown a key of ours: strangers would choose
 * the ids in our log.
 */
export function joinTrace(traceparent: string | undefined): void {
  const caller = parseTraceparent(traceparent);
  const span = currentSpan();
  if (!caller || !span) return;
  span.traceId = caller.traceId;
  span.parentSpanId = caller.spanId;
}

/** Names the request's span by the pattern of its route: paths hold ids, numbers and what people look up. */
export function onRoute(pattern: string): RequestHandler {
  return (_req, _res, next) => {
    const span = currentSpan();
    if (span) {
      span.name = `${span.facts['http.request.method']} ${pattern}`;
      span.facts['http.route'] = pattern;
    }
    next();
  };
}
