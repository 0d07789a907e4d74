// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document and the server agree, both ways.
import { createLogger } from '@inkseal/service-kit';
import { assert } from 'chai';
import type { Express } from 'express';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { unlimitedInputs } from '../../../test/support/openapi.ts';
import { createApp } from './app.ts';
import { createMetrics } from './metrics.ts';
import type { LedgerPorts } from './ports.ts';

describe('GET /v1/openapi.json', () => {
  let ledger: TestLedger;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of an outside standard
  let document: any;
  before(async () => {
    ledger = await startLedger();
    document = (await ledger.send('GET', '/v1/openapi.json', { key: null })).json;
  });
  after(() => ledger.stop());

  it('lists exactly the routes that are served', () => {
    const documented = Object.entries<object>(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    // Express answers HEAD wherever it answers GET.
    const heads = documented.filter((each) => each.startsWith('get ')).map((each) => each.replace('get', 'head'));
    assert.sameMembers(documented, [...servedRoutes(), ...heads]);
  });

  it('describes each route as one that answers without a key, or asks for one', async () => {
    for (const [path, operations] of Object.entries<Record<string, { security?: unknown[] }>>(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const { status } = await ledger.send(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, '7'), { key: null });
        if (operation.security?.length === 0) assert.notEqual(status, 401, path);
        else assert.equal(status, 401, `${method} ${path}`);
        assert.notEqual(status, 404, path);
      }
    }
  });

  it('when a caller may send something › says how much of it', () => {
    assert.deepEqual(unlimitedInputs(document), []);
  });

  it('when codes share a status › names each of them', () => {
    const { description } = document.paths['/v1/entries/{number}/proof'].get.responses['503'];
    for (const code of ['database-unavailable', 'chain-unavailable', 'not-ready']) assert.include(description, code);
  });

  it('refers only to what it contains, and gives every operation its own name', () => {
    const text = JSON.stringify(document);
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      assert.property(document.components[kind], name);
    const names = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
    assert.equal(new Set(names).size, names.length);
  });
});

/** What Express itself would dispatch, read from its router. */
function servedRoutes(): string[] {
  const never = new Proxy({}, { get: () => () => Promise.reject(new Error('not asked')) }) as LedgerPorts;
  const metrics = createMetrics(async () => {
    throw new RangeError('nobody reads the metrics here');
  });
  const limits = { countRequest: async () => {}, countFailure: async () => {} };
  const app: Express = createApp({
    ports: never,
    limits,
    metrics,
    logger: createLogger({ service: 'ledger', level: 'silent' }),
  });
  return app.router.stack.flatMap(({ route }) => {
    if (!route) return [];
    const methods = new Set(route.stack.flatMap((layer) => (layer.method ? [layer.method] : [])));
    // The handler that refuses wrong methods is registered for all of them.
    if (methods.size > 1) return [];
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    return [...methods].map((method) => `${method} ${path}`);
  });
}
