// SPDX-License-Identifier: Apache-2.0
// An OpenTelemetry collector: takes spans by OTLP over HTTP, as JSON, and keeps them as they came.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export interface ExportedSpan {
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  tookMs: number;
  hasFailed: boolean;
  facts: Record<string, string | number | undefined>;
}

export interface Collector {
  url: string;
  spans: ExportedSpan[];
  /** The bodies of all requests. */
  bodies: string[];
  headers: IncomingHttpHeaders[];
  paths: string[];
  /** Of its answers from now on; another than 200 refuses the spans. */
  answerWith(status: number): void;
  stop(): Promise<void>;
  /** On the same port. */
  startAgain(): Promise<void>;
}

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({ stringValue: z.string().optional(), intValue: z.int().optional() }),
    }),
  )
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value.stringValue ?? value.intValue])));

const nanoseconds = z.string().transform(BigInt);

const exportSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.int(),
              startTimeUnixNano: nanoseconds,
              endTimeUnixNano: nanoseconds,
              attributes,
              status: z.object({ code: z.int() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

export async function startCollector(): Promise<Collector> {
  const [spans, bodies, headers, paths]: [ExportedSpan[], string[], IncomingHttpHeaders[], string[]] = [[], [], [], []];
  let status = 200;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    bodies.push(body);
    headers.push(req.headers);
    paths.push(req.url ?? '');
    if (status === 200) spans.push(...spansOf(body));
    res.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
  });
  const listen = async (port = 0) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen();
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    bodies,
    headers,
    paths,
    answerWith(other) {
      status = other;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    startAgain: () => listen(port),
  };
}

function spansOf(body: string): ExportedSpan[] {
  return exportSchema.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map(({ startTimeUnixNano, endTimeUnixNano, status, attributes: facts, parentSpanId, ...span }) => ({
        ...span,
        parentSpanId: parentSpanId || undefined,
        service: String(resource.attributes['service.name']),
        tookMs: Number(endTimeUnixNano - startTimeUnixNano) / 1_000_000,
        hasFailed: status.code === 2,
        facts,
      })),
    ),
  );
}
