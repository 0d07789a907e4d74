// SPDX-License-Identifier: Apache-2.0
// Which API key may do what: every route that wants a key, with each of the scopes.
import { assert } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { addKey, SCOPES, type Scope } from '../api-keys/index.ts';
import { createDb, type Database } from '../db/database.ts';

/** What the description of the interface promises, one by one: a route that is missing here fails the last test. */
const WANTED: Record<string, Scope> = {
  'post /v1/entries': 'submit',
  'get /v1/entries': 'read',
  'get /v1/entries/{entry}': 'read',
  'get /v1/entries/{number}/proof': 'read',
  'get /v1/entries/{number}/receipt': 'read',
  'post /v1/entries/{number}/revocation': 'revoke',
  'get /v1/numbers/{number}/absence': 'read',
  'get /v1/numbers/{number}/loss': 'read',
  'get /v1/registry': 'read',
  'get /v1/batches': 'read',
  'get /v1/batches/{batch}': 'read',
};

describe('scopes of API keys', () => {
  let ledger: TestLedger;
  let database: Database;
  const keys = new Map<Scope, string>();
  before(async () => {
    ledger = await startLedger();
    database = createDb(ledger.databaseUrl);
    for (const scope of SCOPES) {
      const { key } = await addKey(database, { client: 'one scope', label: scope, scopes: [scope] });
      keys.set(scope, key);
    }
  });
  after(async () => {
    await database.close();
    await ledger.stop();
  });

  for (const [route, wanted] of Object.entries(WANTED)) {
    it(`${route} › is for keys with ${wanted}, and for no others`, async () => {
      const [method = '', path = ''] = route.split(' ');
      const address = path.replace(/\{\w+\}/, '5');
      for (const scope of SCOPES) {
        const body = method === 'post' ? { body: {} } : {};
        const { status, json } = await ledger.send(method.toUpperCase(), address, {
          key: keys.get(scope) ?? '',
          ...body,
        });
        if (scope === wanted) assert.notInclude([401, 403], status, scope);
        else assert.deepEqual([status, json.code, json.details], [403, 'forbidden', { scope: wanted }], scope);
      }
    });
  }

  it('are told for every route that wants a key', async () => {
    const { json } = await ledger.send('GET', '/v1/openapi.json', { key: null });
    const paths = Object.entries<Record<string, { responses: object }>>(json.paths);
    const routes = paths.flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        '403' in responses && method !== 'head' ? [`${method} ${path}`] : [],
      ),
    );
    assert.sameMembers(routes, Object.keys(WANTED));
  });
});
