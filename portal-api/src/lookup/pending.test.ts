// SPDX-License-Identifier: Apache-2.0
// Numbers that the ledger has given, in each state on the way to their proof. The ledger here only says how they stand.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { expectStatus, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';

const NUMBER = '100000000000000007';

describe('the look-up of a number that is on its way', () => {
  let state = 'received';
  let ledger: Server;
  let portal: TestPortal;
  before(async () => {
    ledger = createServer(({ url }, response) => {
      const entry = { id: newId(), reference: 'r', kind: 'submission', sha256: 'ab'.repeat(32), number: NUMBER };
      if (url === `/v1/entries/${NUMBER}`)
        response.end(JSON.stringify({ ...entry, state, receivedAt: '2026-11-22T05:00:00.000Z' }));
      else response.writeHead(409).end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => ledger.once('listening', resolve));
    const url = `http://127.0.0.1:${(ledger.address() as AddressInfo).port}`;
    portal = await startPortal({ environment: { LEDGER_URL: url } });
  });
  after(async () => {
    await portal.stop();
    ledger.close();
  });

  for (const step of ['received', 'sequenced', 'anchored', 'final'])
    it(`when it is ${step}, and its proof is not there › is pending, and tells nothing of the chain`, async () => {
      state = step;
      const { body } = await expectStatus(200, portal.visitor().get(`/lookup/${NUMBER}`));
      expect(body).to.include({ number: NUMBER, status: 'pending', state: step, anchor: null, registry: null });
    });
});
