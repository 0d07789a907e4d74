// SPDX-License-Identifier: Apache-2.0
// Both services as processes whose log lines cannot be written: they go on, and count what is lost.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../support/eventually.ts';
import { embeddedNetwork, type LedgerFixture, ledgerFixture, type TestNetwork } from '../support/pipeline.ts';
import { dropDatabase, freshDatabase } from '../support/postgres.ts';
import { type Program, runProgram } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Where standard output goes, as bash writes it. */
const OUTPUTS = { 'its disk is full': '>/dev/full', 'its reader has left': '> >(true)' };

describe('log lines that cannot be written', function () {
  this.timeout(300_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;
  let portalDatabase: string;
  let portalFolder: string;
  let program: Program | undefined;

  before(async () => {
    network = await embeddedNetwork();
    fixture = await ledgerFixture(network);
    portalDatabase = await freshDatabase();
    portalFolder = temporaryFolder();
    writeFileSync(path.join(portalFolder, 'ledger-api-key'), 'test-key\n', { mode: 0o600 });
  });
  afterEach(() => program?.kill());
  after(async () => {
    await fixture?.close();
    await network?.stop();
    await dropDatabase(portalDatabase);
  });

  const environments: Record<'ledger' | 'portal', (port: string) => Record<string, string>> = {
    ledger: (port) => ({
      ...network.settings,
      LEDGER_PORT: port,
      LEDGER_DATABASE_URL: fixture.config.databaseUrl,
      LEDGER_API_KEY_FILE: fixture.config.apiKeyFile,
      ANCHOR_KEY_FILE: fixture.config.anchorKeyFile,
      REVOKER_KEY_FILE: fixture.config.revokerKeyFile,
      ADMIN_ADDRESS: fixture.admin.address,
    }),
    portal: (port) => ({
      PORT: port,
      PORTAL_DATABASE_URL: portalDatabase,
      INKSEAL_DATA: portalFolder,
      LEDGER_API_KEY_FILE: path.join(portalFolder, 'ledger-api-key'),
    }),
  };

  for (const service of ['ledger', 'portal'] as const)
    for (const [why, output] of Object.entries(OUTPUTS))
      it(`${service} › when ${why} › continues, and counts the writes that failed`, async () => {
        const port = String(await freePort());
        const main = path.join(ROOT, service === 'ledger' ? 'ledger-service' : 'portal-api', 'src/main.ts');
        const env = { ...environments[service](port), LOG_LEVEL: 'info', REDIS_URL: '', CRASH_AT: '' };
        program = runProgram('bash', ['-c', `exec "$0" "$1" ${output}`, process.execPath, main], { env });
        const get = (route: string) => fetch(`http://127.0.0.1:${port}${route}`);
        const started = program;
        const waiting = {
          withinMs: 30_000,
          isPromise: true,
          hopeless: () => (started.isRunning() ? undefined : `it ended: ${started.output()}`),
        };
        await eventually(async () => (await get('/healthz')).ok, waiting);
        const failures = async () => {
          const text = await (await get('/metrics')).text();
          return Number(new RegExp(`^inkseal_${service}_log_write_failures_total (\\d+)$`, 'm').exec(text)?.[1]);
        };
        const before = await failures();
        await eventually(async () => {
          expect((await get('/api/v1/not-there')).status).to.equal(404);
          return (await failures()) > before;
        }, waiting);
        expect(before).to.be.at.least(0);
        expect((await get('/healthz')).status).to.equal(200);
        expect(program.isRunning(), program.output()).to.equal(true);
      });
});
