// SPDX-License-Identifier: Apache-2.0
// The system as a centre runs it, on one machine: two portals and two ledgers behind nginx, PostgreSQL with a synchronous
// standby, Redis, two Kubo nodes, and a chain. Between any two parts is a line that can be cut. What this machine lacks is
// replaced, and named in `setUp`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { freePort } from '../../scripts/processes/ports.ts';
import { findKubo, startKubo } from '../support/kubo.ts';
import { type Line, openLine } from '../support/line.ts';
import { hasNginx, startNginxWith, type TestNginx } from '../support/nginx.ts';
import { qbftEngine } from '../support/qbft.ts';
import { hasRedis, testRedis } from '../support/redis.ts';
import { writePackagePages } from '../support/web-folder.ts';
import { type SoakChain, startSoakChain } from './chain.ts';
import { type SoakDatabase, startDatabase } from './database.ts';
import { type Part, partOf } from './part.ts';
import { ledgerService, portalService, type SoakService } from './services.ts';

export type SoakSet = 'small' | 'whole';

/** Every other one has its own. */
const PAIR = [1, 2] as const;
const KUBO_NODES = 2;

export class SoakStand {
  readonly folder: string;
  readonly set: SoakSet;
  /** What stands for what, in words. */
  readonly setUp: string[] = [];
  readonly portals: SoakService[] = [];
  readonly ledgers: SoakService[] = [];
  readonly stores: Part[] = [];
  /** By the names of what is at their ends. */
  readonly lines = new Map<string, Line>();
  redis: Part | undefined;
  nginx: Part | undefined;
  #database: SoakDatabase | undefined;
  #chain: SoakChain | undefined;
  #url = '';
  #ledgerUrl = '';
  #settings: Record<string, string> = {};

  constructor(folder: string, set: SoakSet) {
    this.folder = folder;
    this.set = set;
  }

  /** Where people go. */
  get url(): string {
    return this.#url;
  }

  get dataFolder(): string {
    return path.join(this.folder, 'data');
  }

  get database(): SoakDatabase {
    if (!this.#database) throw new Error('the stand is not started');
    return this.#database;
  }

  get chain(): SoakChain {
    if (!this.#chain) throw new Error('the stand is not started');
    return this.#chain;
  }

  get parts(): Part[] {
    const single = [this.redis, this.nginx].filter((part) => part !== undefined);
    const { primary, standby } = this.database;
    return [...this.portals, ...this.ledgers, primary, standby, ...single, ...this.stores, ...this.chain.nodes];
  }

  async start(): Promise<void> {
    for (const name of ['keys', 'web']) mkdirSync(path.join(this.dataFolder, name), { recursive: true, mode: 0o700 });
    writePackagePages(path.join(this.dataFolder, 'web'), '<!doctype html><title>verifier</title>');
    this.#database = await startDatabase(this.folder, ['ledger', 'portal']);
    this.lines.set('standby → primary', this.#database.replication);
    this.setUp.push('PostgreSQL with a synchronous standby');
    const isQbft = this.set === 'whole' && qbftEngine() !== undefined;
    this.#chain = await startSoakChain(this.dataFolder, isQbft);
    this.setUp.push(this.#chain.name);
    const redisUrl = await this.#startRedis();
    const storeUrls = await this.#startStores();
    for (const index of PAIR) this.ledgers.push(await this.#ledger(index, redisUrl));
    const portalPorts = [await freePort(), await freePort()];
    await this.#startNginx(portalPorts);
    for (const index of PAIR)
      this.portals.push(await this.#portal(index, { redisUrl, storeUrls, port: portalPorts[index - 1] ?? 0 }));
    // The first of each makes tables and keys, and portals need the ledger's.
    for (const pair of [this.ledgers, this.portals]) {
      const [first, ...others] = pair;
      await first?.start();
      await Promise.all(others.map((service) => service.start()));
    }
  }

  /** What the audit needs to read everything. */
  auditSettings(): Record<string, string> {
    const { url } = this.database;
    const { urls, settings } = this.chain;
    // The embedded chain is found by its port, as npm start's own.
    const isOwn = settings.CHAIN_PROFILE === 'embedded';
    return {
      ...(isOwn ? { CHAIN_PORT: new URL(urls[0] ?? '').port } : { ...settings, CHAIN_RPC_URL: urls.join(',') }),
      ...this.#settings,
      INKSEAL_DATA: this.dataFolder,
      LEDGER_URL: this.ledgers[0]?.url ?? '',
      LEDGER_DATABASE_URL: url('ledger'),
      PORTAL_DATABASE_URL: url('portal'),
    };
  }

  /** Each line goes on, each part runs. */
  async mendAll(): Promise<void> {
    for (const line of this.lines.values()) line.mend();
    for (const part of this.parts) if (part.pid() === undefined) await part.start();
    for (const service of [...this.ledgers, ...this.portals]) await service.untilReady();
    await this.database.untilFollowed();
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.portals, ...this.ledgers].map((service) => service.kill()));
    await Promise.allSettled(this.parts.map((part) => part.kill()));
    await Promise.allSettled([...this.lines.values()].map((line) => line.close()));
    setDefaultCACertificates(getCACertificates('bundled'));
  }

  async #line(from: string, to: string, ...targets: string[]): Promise<Line> {
    const line = await openLine(...targets);
    this.lines.set(`${from} → ${to}`, line);
    return line;
  }

  async #databaseUrl(from: string, database: string): Promise<string> {
    const lines: Line[] = [];
    for (const [index, port] of this.database.ports.entries())
      lines.push(await this.#line(from, `PostgreSQL ${'ab'[index]}`, `tcp://127.0.0.1:${port}`));
    return this.database.urlBy(
      lines.map(({ port }) => port),
      database,
    );
  }

  async #startRedis(): Promise<string | undefined> {
    if (!hasRedis()) {
      this.setUp.push('no Redis here: queues in PostgreSQL');
      return undefined;
    }
    const [folder, port] = [path.join(this.folder, 'redis'), await freePort()];
    mkdirSync(folder);
    this.redis = partOf('Redis', () => testRedis({ folder, port }));
    await this.redis.start();
    this.setUp.push('Redis');
    return `redis://127.0.0.1:${port}`;
  }

  async #startStores(): Promise<Line[]> {
    const program = this.set === 'whole' ? findKubo() : undefined;
    if (!program) {
      this.setUp.push('content in blocks on disk, shared by the portals');
      return [];
    }
    const lines: Line[] = [];
    for (let index = 1; index <= KUBO_NODES; index += 1) {
      const folder = path.join(this.folder, `kubo-${index}`);
      const line = await this.#line(`all`, `Kubo ${index}`, 'tcp://127.0.0.1:1');
      const node = partOf(`Kubo ${index}`, async () => {
        const { rpcUrl, pid, stop } = await startKubo(program, folder);
        line.lead(rpcUrl);
        return { pid, kill: stop };
      });
      await node.start();
      this.stores.push(node);
      lines.push(line);
    }
    this.#settings = { KUBO_RPC_URL: lines.map(({ url }) => url).join(',') };
    this.setUp.push('two Kubo nodes');
    return lines;
  }

  async #ledger(index: number, redisUrl: string | undefined): Promise<SoakService> {
    const name = `ledger ${index}`;
    const nodes: string[] = [];
    for (const [place, url] of this.chain.urls.entries())
      nodes.push((await this.#line(name, this.chain.nodes[place]?.name ?? 'chain', url)).url);
    const settings = {
      ...this.chain.settings,
      CHAIN_RPC_URL: nodes.join(','),
      LEDGER_DATABASE_URL: await this.#databaseUrl(name, 'ledger'),
      LEDGER_API_KEY_FILE: path.join(this.dataFolder, 'keys', 'ledger-api-key'),
      RECEIPT_KEY_FILE: path.join(this.dataFolder, 'keys', 'receipt.key'),
      FINAL_AFTER: 'standby',
      REDIS_URL: redisUrl ? (await this.#line(name, 'Redis', redisUrl)).url.replace('http', 'redis') : '',
    };
    return ledgerService({ name, folder: this.folder, port: await freePort(), settings });
  }

  async #portal(
    index: number,
    { redisUrl, storeUrls, port }: { redisUrl: string | undefined; storeUrls: Line[]; port: number },
  ): Promise<SoakService> {
    const name = `portal ${index}`;
    const stores: string[] = [];
    for (const [place, line] of storeUrls.entries())
      stores.push((await this.#line(name, `Kubo ${place + 1}`, line.url)).url);
    const settings = {
      PORTAL_DATABASE_URL: await this.#databaseUrl(name, 'portal'),
      INKSEAL_DATA: this.dataFolder,
      LEDGER_URL: (await this.#line(name, 'ledgers', this.#ledgerUrl)).url,
      LEDGER_API_KEY_FILE: path.join(this.dataFolder, 'keys', 'ledger-api-key'),
      SEED_REVIEWER_FILE: path.join(this.dataFolder, 'keys', 'reviewer.json'),
      PUBLIC_URL: this.#url,
      RATE_LIMIT_SCALE: '1000',
      WEB_DIST: path.join(this.dataFolder, 'web'),
      REDIS_URL: redisUrl ? (await this.#line(name, 'Redis', redisUrl)).url.replace('http', 'redis') : '',
      KUBO_RPC_URL: stores.join(','),
    };
    return portalService({ name, folder: this.folder, port, settings });
  }

  /** Before both portals and both ledgers; without nginx lines take turns. */
  async #startNginx(portalPorts: number[]): Promise<void> {
    const portals = await Promise.all(
      portalPorts.map((port, index) => this.#line('nginx', `portal ${index + 1}`, `tcp://127.0.0.1:${port}`)),
    );
    const ledgers = this.ledgers.map(({ url }) => url);
    if (!hasNginx()) {
      this.setUp.push('no nginx here: lines that take turns');
      this.#ledgerUrl = (await this.#line('portals', 'ledgers', ...ledgers)).url;
      this.#url = (await this.#line('people', 'portals', ...portals.map(({ url }) => url))).url;
      return;
    }
    const ledgerPort = await freePort();
    let running: TestNginx | undefined;
    const nginx = partOf('nginx', async () => {
      running = await (running?.again() ??
        startNginxWith({ site: betweenLedgers(ledgerPort, ledgers) }, ...portals.map(({ port }) => port)));
      const { pid } = running;
      // Its workers would go on without it.
      const kill = async () => {
        process.kill(-pid, 'SIGKILL');
        await running?.exited;
      };
      return { pid, kill };
    });
    await nginx.start();
    this.nginx = nginx;
    this.setUp.push('nginx as shipped, and a balancer for the ledgers in it');
    this.#ledgerUrl = `http://127.0.0.1:${ledgerPort}`;
    this.#url = running?.url ?? '';
    setDefaultCACertificates([...getCACertificates('default'), running?.certificate ?? '']);
  }
}

/** An entry that is sent twice is one entry, so a request may go on to the other ledger. */
function betweenLedgers(port: number, ledgers: readonly string[]): string {
  const servers = ledgers.map((url) => `server ${new URL(url).host} max_fails=1 fail_timeout=2s;`).join(' ');
  return `upstream ledger { ${servers} }
server {
  listen 127.0.0.1:${port};
  location / {
    proxy_pass http://ledger;
    proxy_connect_timeout 2s;
    proxy_next_upstream error timeout http_502 http_503 non_idempotent;
  }
}
`;
}
