// SPDX-License-Identifier: Apache-2.0
// Whose fault an answer of the ledger is: an outage ends by itself, and a wrong request never does.
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { createLedgerClient, type LedgerClient } from './ledger-client.ts';

describe('ledger client', () => {
  let status = 200;
  let server: Server;
  let client: LedgerClient;
  before(async () => {
    server = createServer((_request, response) => response.writeHead(status).end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const apiKeyFile = path.join(temporaryFolder(), 'key');
    writeFileSync(apiKeyFile, 'inkseal_key\n', { mode: 0o600 });
    client = createLedgerClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKeyFile });
  });
  after(() => server.close());

  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      ({ code }) => code,
    );

  for (const outage of [429, 500, 502, 503, 504])
    it(`when the ledger answers ${outage} › takes it for an outage`, async () => {
      status = outage;
      for (const work of [client.batch('1'), client.trust(), client.revoke('1', 'duplicate'), client.registry()])
        expect(await codeOf(work)).to.equal('ledger-unavailable');
    });

  for (const refusal of [400, 401, 403, 413, 422])
    it(`when the ledger answers ${refusal} › takes it for a fault of ours`, async () => {
      status = refusal;
      for (const work of [client.batch('1'), client.trust(), client.revoke('1', 'duplicate'), client.registry()])
        expect(await codeOf(work)).to.equal('internal');
    });

  it('when the ledger knows no such thing › answers that there is none', async () => {
    status = 404;
    expect([await client.entry('7'), await client.batch('7'), await client.proof('7')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await client.isBurned('7')).to.equal(false);
  });
});
