// SPDX-License-Identifier: Apache-2.0
// For those who run it: liveness, readiness, metrics, and the description of the whole interface.
import { mayReadMetrics } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';
import type { Metrics } from './metrics.ts';
import type { LedgerPorts } from './ports.ts';
import { PROBLEMS } from './problems.ts';
import { type Route, route, sendJson } from './route.ts';
import { healthSchema, readinessSchema } from './schemas.ts';

export function operationsRoutes(ports: LedgerPorts, metrics: Metrics, metricsToken: string | undefined): Route[] {
  return [health(), ready(ports), readMetrics(metrics, metricsToken)];
}

function health(): Route {
  return route(
    {
      method: 'get',
      path: '/healthz',
      id: 'health',
      summary: 'The process answers',
      outcome: 'It does',
      answer: healthSchema,
    },
    async ({ response }) => {
      sendJson(response, 200, { ok: true });
    },
  );
}

function ready(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/readyz',
      id: 'readiness',
      summary: 'Every part works; what does not is named',
      outcome: 'All parts work',
      answer: readinessSchema,
      moreAnswers: {
        '503': { description: 'Some part does not', content: { 'application/json': { schema: readinessSchema } } },
      },
    },
    async ({ response }) => {
      const parts = await ports.readiness();
      const isReady = Object.values(parts).every((part) => part.ok);
      if (!isReady) response.setHeader('Retry-After', String(PROBLEMS['not-ready'].retryAfter));
      response.setHeader('Cache-Control', 'no-store');
      sendJson(response, isReady ? 200 : 503, { ready: isReady, parts });
    },
  );
}

function readMetrics(metrics: Metrics, token: string | undefined): Route {
  return route(
    {
      method: 'get',
      path: '/metrics',
      id: 'metrics',
      summary: 'Prometheus metrics: for this machine, not through a proxy, or with METRICS_TOKEN as bearer token',
      outcome: 'Prometheus text',
      media: 'text/plain',
      errors: ['unauthorized'],
    },
    async ({ request, response }) => {
      if (!mayReadMetrics(request, token)) throw new DomainError('unauthorized');
      response.setHeader('Content-Type', metrics.contentType);
      response.end(await metrics.render());
    },
  );
}
