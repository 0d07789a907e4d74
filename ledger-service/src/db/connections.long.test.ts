// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createLogger } from '@inkseal/service-kit';
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { freePort } from '../../../scripts/processes/ports.ts';
import { embeddedNetwork, ledgerFixture } from '../../../test/support/pipeline.ts';
import { composePipeline, composeService } from '../compose.ts';
import { LEAST_CONNECTIONS } from './connection-shares.ts';

describe('connections of the ledger', function () {
  this.timeout(120_000);

  it('when it is busy with everything at once › never opens more than the setting, and tells what it has', async () => {
    const network = await embeddedNetwork();
    const port = await freePort();
    const fixture = await ledgerFixture(network, {
      LEDGER_PORT: String(port),
      LEDGER_DATABASE_CONNECTIONS: String(LEAST_CONNECTIONS),
      LOG_LEVEL: 'silent',
    });
    const { config } = fixture;
    const hooks = { onStage: () => undefined, onFatal: () => undefined };
    const service = composeService(
      config,
      createLogger({ service: 'ledger', level: 'silent' }),
      composePipeline(config, hooks),
    );
    await service.start();
    try {
      const headers = {
        Authorization: `Bearer ${readFileSync(config.apiKeyFile, 'utf8').trim()}`,
        'Content-Type': 'application/json',
      };
      const submit = () => {
        const entry = {
          reference: randomBytes(8).toString('hex'),
          kind: 'attestation',
          sha256: randomBytes(32).toString('hex'),
        };
        return fetch(`http://127.0.0.1:${port}/v1/entries`, { method: 'POST', headers, body: JSON.stringify(entry) });
      };
      const counts: number[] = [];
      for (let round = 0; round < 10; round += 1) {
        const answers = Promise.all(Array.from({ length: 100 }, submit));
        counts.push(await countSessions(config.databaseUrl));
        // A busy machine may turn some away; each is answered.
        expect((await answers).map(({ status }) => status))
          .to.include(202)
          .and.satisfy(onlyTakenOrBusy);
        counts.push(await countSessions(config.databaseUrl));
      }
      expect(Math.max(...counts)).to.be.within(8, LEAST_CONNECTIONS);
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).to.match(/^inkseal_ledger_database_connections_limit 20$/m);
      expect(metrics).to.match(/^inkseal_ledger_database_connections\{pool="requests"\} [1-9]$/m);
      expect(metrics).to.match(/^inkseal_ledger_database_waiting\{pool="work"\} \d+$/m);
    } finally {
      await service.stop();
      await fixture.close();
      await network.stop();
    }
  });
});

async function countSessions(url: string): Promise<number> {
  const all = 'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
  return (await execute(url, all)).length;
}

const onlyTakenOrBusy = (statuses: number[]) => statuses.every((status) => status === 202 || status === 503);
