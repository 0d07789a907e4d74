// SPDX-License-Identifier: Apache-2.0
// Both services over two PostgreSQL servers of which one only reads, through a fail-over while they run.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createLogger } from '@inkseal/service-kit';
import { expect } from 'chai';
import { composePipeline, composeService, type Service } from '../../ledger-service/src/compose.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../support/eventually.ts';
import { embeddedNetwork, ledgerFixture } from '../support/pipeline.ts';
import { startPortal, type TestPortal } from '../support/portal.ts';
import { type PostgresPair, startPostgresPair } from '../support/standby.ts';

const FAIL_OVER_WITHIN_MS = 180_000;

describe('fail-over of the database', function () {
  this.timeout(600_000);
  let pair: PostgresPair;
  beforeEach(async () => {
    pair = await startPostgresPair(['ledger', 'portal']);
  });
  afterEach(() => pair.stop());

  it('when the primary dies and the standby is promoted › the ledger takes entries and makes them final again', async () => {
    const network = await embeddedNetwork();
    const port = await freePort();
    const fixture = await ledgerFixture(network, {
      LEDGER_DATABASE_URL: pair.url('ledger'),
      LEDGER_PORT: String(port),
      LOG_LEVEL: 'silent',
    });
    const service: Service = composeService(
      fixture.config,
      createLogger({ service: 'ledger', level: 'silent' }),
      composePipeline(fixture.config, {
        onStage: () => undefined,
        onFatal: (error: unknown) => {
          throw error;
        },
      }),
    );
    await service.start();
    try {
      const ledger = clientOf(`http://127.0.0.1:${port}`, readFileSync(fixture.config.apiKeyFile, 'utf8').trim());
      await ledger.untilFinal(await ledger.submit());
      await pair.failOver();
      const later = await eventually(() => ledger.submit().catch(() => undefined), {
        withinMs: FAIL_OVER_WITHIN_MS,
      });
      await ledger.untilFinal(later);
      await eventually(ledger.isReady, { withinMs: FAIL_OVER_WITHIN_MS });
    } finally {
      await service.stop();
      await fixture.close();
      await network.stop();
    }
  });

  it('when the primary dies and the standby is promoted › the portal keeps its sessions and takes members', async () => {
    const portal: TestPortal = await startPortal({ environment: { PORTAL_DATABASE_URL: pair.url('portal') } });
    try {
      const member = await portal.member();
      await pair.failOver();
      await eventually(async () => (await member.get('/me')).status === 200, { withinMs: FAIL_OVER_WITHIN_MS });
      // Registering writes, and the code it needs travels by the outbox. Another connection of the pool may be the one that was
      // lost: people are told to try again, and do.
      await eventually(() => portal.member(), { withinMs: FAIL_OVER_WITHIN_MS });
      expect((await portal.visitor().get('/readyz')).body.parts.database).to.deep.equal({ ok: true });
    } finally {
      await portal.stop();
    }
  });
});

function clientOf(url: string, key: string) {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  return {
    async submit(): Promise<string> {
      const entry = {
        reference: randomBytes(8).toString('hex'),
        kind: 'attestation',
        sha256: randomBytes(32).toString('hex'),
      };
      const answer = await fetch(`${url}/v1/entries`, { method: 'POST', headers, body: JSON.stringify(entry) });
      const body = (await answer.json()) as { id: string };
      if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
      return body.id;
    },
    untilFinal: (id: string) =>
      eventually(
        async () => {
          const answer = await fetch(`${url}/v1/entries/${id}`, { headers });
          return answer.ok && /"state":"final"/.test(await answer.text());
        },
        { withinMs: FAIL_OVER_WITHIN_MS },
      ),
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
  };
}
