// SPDX-License-Identifier: Apache-2.0
// For those who run it: liveness, readiness, metrics, and the description of the whole interface.
import { mayReadMetrics } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';
import type { Metrics } from './metrics.ts';
import { answers, problems } from './openapi-parts.ts';
import type { LedgerPorts } from './ports.ts';
import { PROBLEMS } from './problems.ts';
import { type Route, sendJson } from './route.ts';
import { healthSchema, readinessSchema } from './schemas.ts';

export function operationsRoutes(ports: LedgerPorts, metrics: Metrics, metricsToken: string | undefined): Route[] {
  return [health(), ready(ports), readMetrics(metrics, metricsToken)];
}

function health(): Route {
  return {
    method: 'get',
    path: '/healthz',
    operation: {
      operationId: 'health',
      summary: 'The process answers',
      security: [],
      responses: answers(200, 'It does', healthSchema),
    },
    async answer({ response }) {
      sendJson(response, 200, { ok: true });
    },
  };
}

function ready(ports: LedgerPorts): Route {
  return {
    method: 'get',
    path: '/readyz',
    operation: {
      operationId: 'readiness',
      summary: 'Every part works; what does not is named',
      security: [],
      responses: {
        ...answers(200, 'All parts work', readinessSchema),
        '503': { description: 'Some part does not', content: { 'application/json': { schema: readinessSchema } } },
      },
    },
    async answer({ response }) {
      const parts = await ports.readiness();
      const isReady = Object.values(parts).every((part) => part.ok);
      if (!isReady) response.setHeader('Retry-After', String(PROBLEMS['not-ready'].retryAfter));
      response.setHeader('Cache-Control', 'no-store');
      sendJson(response, isReady ? 200 : 503, { ready: isReady, parts });
    },
  };
}

function readMetrics(metrics: Metrics, token: string | undefined): Route {
  return {
    method: 'get',
    path: '/metrics',
    operation: {
      operationId: 'metrics',
      summary: 'Prometheus metrics: for this machine, not through a proxy, or with METRICS_TOKEN as bearer token',
      security: [],
      responses: {
        '200': { description: 'Prometheus text', content: { 'text/plain': { schema: { type: 'string' } } } },
        ...problems('unauthorized'),
      },
    },
    async answer({ request, response }) {
      if (!mayReadMetrics(request, token)) throw new DomainError('unauthorized');
      response.setHeader('Content-Type', metrics.contentType);
      response.end(await metrics.render());
    },
  };
}
