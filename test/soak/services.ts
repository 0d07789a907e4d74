// SPDX-License-Identifier: Apache-2.0
// A portal or a ledger as its own process, with a clock that can be set. When it ends by itself it is started again, as
// systemd would, and that goes on record.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Child, launch, tail } from '../../scripts/processes/child.ts';
import { PORTAL_FLAGS, SERVICE_MEMORY } from '../../scripts/supervisor/parts.ts';
import { cleanEnvironment } from '../../scripts/testing/clean-environment.ts';
import { eventually } from '../support/eventually.ts';
import { untilExit } from '../support/temporary.ts';
import type { Part } from './part.ts';

const CLOCK = path.resolve(import.meta.dirname, '../support/shifted-clock.ts');
const READY_WITHIN_MS = 180_000;
const RESTART_AFTER_MS = 500;

export interface SoakService extends Part {
  readonly url: string;
  readonly logFile: string;
  /** How often it ended without being killed, and how. */
  readonly ownEnds: string[];
  /** Sets its clock so much before or behind the machine's. */
  setClock(aheadMs: number): void;
  untilReady(): Promise<void>;
}

interface ServiceOptions {
  name: string;
  folder: string;
  port: number;
  settings: Readonly<Record<string, string>>;
}

const sourceOf = (service: string) => path.resolve(import.meta.dirname, `../../${service}/src/main.ts`);

export const ledgerService = (options: ServiceOptions): SoakService =>
  service(options, { script: sourceOf('ledger-service'), flags: [], portVariable: 'LEDGER_PORT' });

export const portalService = (options: ServiceOptions): SoakService =>
  service(options, { script: sourceOf('portal-api'), flags: PORTAL_FLAGS, portVariable: 'PORT' });

function service(
  { name, folder, port, settings }: ServiceOptions,
  { script, flags, portVariable }: { script: string; flags: readonly string[]; portVariable: string },
): SoakService {
  const logFile = path.join(folder, 'logs', `${name.replace(' ', '-')}.log`);
  const clockFile = path.join(folder, `${name.replace(' ', '-')}.clock`);
  const url = `http://127.0.0.1:${port}`;
  const ownEnds: string[] = [];
  let child: Child | undefined;
  mkdirSync(path.dirname(logFile), { recursive: true });

  const run = async () => {
    const env = { ...SERVICE_MEMORY, ...cleanEnvironment(), ...settings, [portVariable]: String(port) };
    const started = await launch({
      name,
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', ...flags, '--import', CLOCK, script],
      cwd: folder,
      logFile,
      env: { ...env, CLOCK_FILE: clockFile },
    });
    child = untilExit(started);
    void started.exited.then((ended) => {
      // A kill forgets the child first.
      if (child?.pid !== started.pid) return;
      ownEnds.push(`${ended}: ${tail(logFile, 2).trim()}`);
      setTimeout(() => void (child?.pid === started.pid && run()), RESTART_AFTER_MS).unref();
    });
  };
  const untilReady = async () => {
    let said = '';
    const isReady = async () => {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) });
      said = await answer.text();
      return answer.ok;
    };
    await eventually(isReady, { what: `${name} is not ready`, withinMs: READY_WITHIN_MS }).catch((cause) => {
      throw new Error(`${cause.message}: ${said}\n${tail(logFile)}`, { cause });
    });
  };
  return {
    name,
    url,
    logFile,
    ownEnds,
    pid: () => (child?.isRunning() ? child.pid : undefined),
    heldMb: () => heldMbOf(url),
    untilReady,
    setClock: (aheadMs) => writeFileSync(clockFile, String(aheadMs)),
    async start() {
      await run();
      await untilReady();
    },
    async kill() {
      const ended = child;
      child = undefined;
      await ended?.kill();
    },
  };
}

/** From what it tells of itself, in the form of Prometheus. */
async function heldMbOf(url: string): Promise<number | undefined> {
  const text = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(2_000) })
    .then((answer) => answer.text())
    .catch(() => '');
  const bytes = ['heap_size_used', 'external_memory'].map((name) =>
    Number(new RegExp(`^\\w*nodejs_${name}_bytes (\\S+)$`, 'm').exec(text)?.[1]),
  );
  const held = bytes.reduce((sum, each) => sum + each, 0);
  return Number.isNaN(held) ? undefined : Math.round(held / 2 ** 20);
}
