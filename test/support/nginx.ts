// SPDX-License-Identifier: Apache-2.0
// A real nginx of a test's own, with the configuration that deploy/ ships: only addresses, ports, places of files and the
// certificate are replaced. Its host name is localhost, where this machine has nginx.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Child, launch, tail } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../deploy/nginx/nginx.conf');
const PROGRAM = 'nginx';
/** Debian keeps it where only root looks. */
const ENVIRONMENT = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export interface TestNginx extends Child {
  url: string;
  /** Of the port that leads to https. */
  plainUrl: string;
  folder: string;
  /** PEM; it is its own authority. */
  certificate: string;
  /** Starts it at the same addresses after it was ended. */
  again(): Promise<TestNginx>;
}

export function hasNginx(): boolean {
  return spawnSync(PROGRAM, ['-v'], { stdio: 'ignore', env: ENVIRONMENT }).status === 0;
}

/** Before portals that listen, or will listen, on these ports of loopback. */
export const startNginx = (...portalPorts: number[]): Promise<TestNginx> => startNginxWith({}, ...portalPorts);

export interface OwnNginx {
  /** What the site adds to the configuration. */
  site?: string;
  /** How long a silent portal is waited for, in nginx's words; as shipped unless given. */
  silence?: string;
}

/** The same, with something of one's own. */
export async function startNginxWith(
  { site = '', silence = '60s' }: OwnNginx,
  ...portalPorts: number[]
): Promise<TestNginx> {
  const folder = temporaryFolder('inkseal-nginx-');
  const [port, plainPort] = [await freePort(), await freePort()];
  const certificate = await makeCertificate(folder);
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(path.join(folder, 'site.conf'), site);
  writeFileSync(file, placed(readFileSync(SHIPPED, 'utf8'), { folder, port, plainPort, portalPorts, silence }));
  const addresses = {
    url: `https://localhost:${port}`,
    plainUrl: `http://127.0.0.1:${plainPort}`,
    folder,
    certificate,
  };
  const start = async (): Promise<TestNginx> =>
    untilExit({ ...(await runNginx(folder, file, addresses.plainUrl)), ...addresses, again: start });
  return start();
}

async function runNginx(folder: string, file: string, plainUrl: string): Promise<Child> {
  const logFile = path.join(folder, 'nginx.log');
  // Started by root, its workers would be somebody who may not enter the folder.
  const user = process.getuid?.() === 0 ? ' user root;' : '';
  const args = ['-p', folder, '-c', file, '-g', `daemon off;${user}`];
  const child = await launch({ name: 'nginx', command: PROGRAM, args, cwd: folder, logFile, env: ENVIRONMENT });
  const isUp = async () => {
    if (!child.isRunning()) throw new Error(tail(logFile));
    return (await fetch(plainUrl, { redirect: 'manual' })).status > 0;
  };
  await eventually(isUp, {});
  return child;
}

/** Of each portal's line. */
const TIMES = ' max_fails=1 fail_timeout=5s;';

interface Places {
  folder: string;
  port: number;
  plainPort: number;
  portalPorts: number[];
  silence: string;
}

/** Each text has to occur, so that the test cannot run something else than what is shipped. */
function placed(shipped: string, { folder, port, plainPort, portalPorts, silence }: Places): string {
  const changes: [shipped: string, own: string][] = [
    ['pid /run/nginx.pid;', `pid ${folder}/nginx.pid;`],
    ['error_log /var/log/nginx/error.log warn;', `error_log ${folder}/error.log warn;`],
    ['access_log /var/log/nginx/access.log requests;', `access_log ${folder}/access.log requests;`],
    ['listen 443 ssl default_server;', `listen 127.0.0.1:${port} ssl default_server;`],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
    ['listen 80 default_server;', `listen 127.0.0.1:${plainPort} default_server;`],
    ['server_name inkseal.example;', 'server_name localhost;'],
    [`server 127.0.0.1:8080${TIMES}`, portalPorts.map((each) => `server 127.0.0.1:${each}${TIMES}`).join(' ')],
    ['proxy_read_timeout 60s;', `proxy_read_timeout ${silence};`],
    ['proxy_cache_path /var/cache/nginx/public', `proxy_cache_path ${folder}/public`],
    ['include /etc/nginx/inkseal.d/*.conf;', `include ${folder}/site.conf;`],
    ['/etc/nginx/tls/tls.crt', `${folder}/tls.crt`],
    ['/etc/nginx/tls/tls.key', `${folder}/tls.key`],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`deploy/nginx/nginx.conf has no "${from}"`);
    return text.replaceAll(from, to);
  }, shipped);
}

async function makeCertificate(folder: string): Promise<string> {
  const [certificateFile, keyFile] = [path.join(folder, 'tls.crt'), path.join(folder, 'tls.key')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await promisify(execFile)('openssl', ['req', '-x509', '-days', '2', ...key, ...names, '-out', certificateFile]);
  return readFileSync(certificateFile, 'utf8');
}
