// SPDX-License-Identifier: Apache-2.0
// A ledger service with its pipeline on a chain, over HTTP: entries become final as they do for users.
import { createLogger } from '@inkseal/service-kit';
import { composePipeline, composeService, type Service } from '../../ledger-service/src/compose.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { embeddedNetwork, type LedgerFixture, ledgerFixture, type TestNetwork } from './pipeline.ts';

export interface WholeLedger {
  url: string;
  keyFile: string;
  rpcUrl: string;
  fixture: LedgerFixture;
  /** Ends the service; what it keeps stays. */
  stopService(): Promise<void>;
  startService(): Promise<void>;
  stop(): Promise<void>;
}

/** `network` is stopped with it; by default it is its own embedded chain. `log` gets every line. */
export async function startWholeLedger(
  network?: TestNetwork,
  settings: Readonly<Record<string, string>> = {},
  log?: (line: string) => void,
): Promise<WholeLedger> {
  return startOn(network ?? (await embeddedNetwork()), settings, log);
}

async function startOn(
  network: TestNetwork,
  settings: Readonly<Record<string, string>>,
  log?: (line: string) => void,
): Promise<WholeLedger> {
  const port = await freePort();
  const fixture = await ledgerFixture(network, { LEDGER_PORT: String(port), LOG_LEVEL: 'silent', ...settings });
  const { config } = fixture;
  let service: Service | undefined;
  const startService = async () => {
    const hooks = {
      onStage: () => undefined,
      onFatal: (error: unknown) => {
        throw error;
      },
    };
    const logger = createLogger({
      service: 'ledger',
      level: log ? 'info' : 'silent',
      destination: log && { write: log },
    });
    service = composeService(config, logger, composePipeline(config, hooks));
    await service.start();
  };
  const stopService = async () => {
    await service?.stop();
    service = undefined;
  };
  await startService();
  return {
    url: `http://127.0.0.1:${port}`,
    keyFile: config.apiKeyFile,
    rpcUrl: network.urls[0] ?? '',
    fixture,
    startService,
    stopService,
    async stop() {
      await stopService();
      await fixture.close();
      await network.stop();
    },
  };
}
