// SPDX-License-Identifier: Apache-2.0
// The parts that `npm start` runs, in the order in which they need each other. One that the settings replace by
// something of the user's own is left out.
import path from 'node:path';
import { z } from 'zod';
import { EMBEDDED_CHAIN_ID, startChain } from '../embedded/chain.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { launch, tail } from '../processes/child.ts';
import { eventually } from '../processes/eventually.ts';
import { Failure } from '../processes/failure.ts';
import { requireFreePort } from '../processes/ports.ts';
import { embeddedKeys } from './keys.ts';
import type { Settings } from './settings.ts';
import type { Part, Provided } from './system.ts';
import { showWaiting } from './waiting.ts';

const READY_WITHIN_MS = 180_000;
/** A large file streams through short-lived buffers: a small young generation lets go of them early (90 MB less at the peak). */
export const PORTAL_FLAGS = ['--max-semi-space-size=2'];
/** glibc keeps what is freed, in a pool for each thread, and keeps ever larger pieces once it has seen large ones freed.
 *  So the portal held 420 MB after a busy hour; with two pools, and every larger piece given back, it holds 255. */
export const SERVICE_MEMORY = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '65536',
};

/** What an archive is for. */
const KEPT = { FINAL_AFTER: process.env.FINAL_AFTER || 'archived' };

export function partsOf(settings: Settings, root: string): Part[] {
  const ledger = servicePart(settings, {
    name: 'ledger',
    script: path.join(root, 'ledger-service', 'src', 'main.ts'),
    portVariable: 'LEDGER_PORT',
    port: settings.ledgerPort,
  });
  // The last one is where people go.
  const portal = servicePart(settings, {
    name: 'portal',
    script: path.join(root, 'portal-api', 'src', 'main.ts'),
    portVariable: 'PORT',
    port: settings.portalPort,
    flags: PORTAL_FLAGS,
  });
  return [...groundOf(settings).parts, ledger, portal];
}

/** What the services stand on, for a command that runs without them, and what the settings say of it. */
export function groundOf(settings: Settings): { parts: Part[]; environment: Provided } {
  const hasDatabases = settings.ledgerDatabaseUrl && settings.portalDatabaseUrl;
  const parts = [...(hasDatabases ? [] : [postgresPart(settings)]), ...(settings.chain ? [] : [chainPart(settings)])];
  return { parts, environment: environmentOf(settings) };
}

function postgresPart(settings: Settings): Part {
  const { dataFolder: folder, postgresPort: port, ledgerDatabaseUrl, portalDatabaseUrl, backups } = settings;
  const archive = backups && { backups: backups.folder, everySeconds: backups.walEverySeconds };
  const passwordFile = path.join(folder, 'keys', 'postgres-password');
  return {
    name: 'PostgreSQL',
    address: `127.0.0.1:${port}`,
    start: async (_, onSpawn) => {
      const child = await startPostgres({ folder, port, passwordFile, archive, onSpawn });
      const ledger = ledgerDatabaseUrl ?? (await child.database('ledger'));
      const portal = portalDatabaseUrl ?? (await child.database('portal'));
      return { child, provides: { LEDGER_DATABASE_URL: ledger, PORTAL_DATABASE_URL: portal, ...(archive && KEPT) } };
    },
  };
}

function chainPart({ dataFolder: folder, chainPort: port, backups }: Settings): Part {
  return {
    name: 'chain',
    address: `http://127.0.0.1:${port}`,
    start: async (_, onSpawn) => {
      const { anchor, revoker, admin } = await embeddedKeys(path.join(folder, 'keys'));
      const funded = [anchor.address, revoker.address, admin.address];
      const child = await startChain({ folder, port, funded, backups: backups?.folder, onSpawn });
      const chain = { CHAIN_PROFILE: 'embedded', CHAIN_RPC_URL: child.url, CHAIN_ID: String(EMBEDDED_CHAIN_ID) };
      const keys = { ANCHOR_KEY_FILE: anchor.file, REVOKER_KEY_FILE: revoker.file, ADMIN_ADDRESS: admin.address };
      return { child, provides: { ...chain, ...keys, CHAIN_DURABLE_FILE: child.durableFile } };
    },
  };
}

interface Service {
  name: string;
  script: string;
  portVariable: string;
  port: number;
  flags?: readonly string[];
}

/** A service of ours: a Node process that answers /readyz with 200 when it can do its work. */
export function servicePart(settings: Settings, { name, script, portVariable, port, flags = [] }: Service): Part {
  const address = `http://127.0.0.1:${port}`;
  const logFile = path.join(settings.dataFolder, 'logs', `${name}.log`);
  return {
    name,
    address,
    start: async (provided, onSpawn) => {
      await requireFreePort(port, portVariable, `the ${name}`);
      const env = {
        ...SERVICE_MEMORY,
        ...process.env,
        ...environmentOf(settings),
        ...provided,
        [portVariable]: String(port),
      };
      const args = ['--disable-warning=ExperimentalWarning', ...flags, script];
      const cwd = settings.dataFolder;
      const showNews = showWaiting(name, logFile);
      const child = await launch({
        name,
        command: process.execPath,
        args,
        cwd,
        env,
        logFile,
        onSpawn,
        stopWithinMs: settings.serviceStopWithinMs,
      });
      try {
        const isUp = () => {
          showNews();
          return isReady(address);
        };
        await eventually(isUp, {
          what: `the ${name} is not ready`,
          withinMs: READY_WITHIN_MS,
          hopeless: () => (child.isRunning() ? undefined : `it ended at start:\n${tail(logFile)}`),
        });
      } catch (error) {
        await child.stop();
        throw error;
      }
      return { child };
    },
  };
}

function environmentOf(settings: Settings): Provided {
  const { dataFolder, ledgerPort, ledgerDatabaseUrl, portalDatabaseUrl, chain } = settings;
  const { seedReviewerFile, receiptKeyFile, backups } = settings;
  return {
    INKSEAL_DATA: dataFolder,
    LEDGER_URL: `http://127.0.0.1:${ledgerPort}`,
    ...(seedReviewerFile && { SEED_REVIEWER_FILE: seedReviewerFile }),
    ...(receiptKeyFile && { RECEIPT_KEY_FILE: receiptKeyFile }),
    ...(backups && { CONTENT_COPIES: path.join(backups.folder, 'content') }),
    ...(portalDatabaseUrl && { PORTAL_DATABASE_URL: portalDatabaseUrl }),
    LEDGER_API_KEY_FILE: path.join(dataFolder, 'keys', 'ledger-api-key'),
    ...(ledgerDatabaseUrl && { LEDGER_DATABASE_URL: ledgerDatabaseUrl }),
    ...(chain && {
      CHAIN_PROFILE: chain.profile,
      CHAIN_RPC_URL: chain.rpcUrl,
      ANCHOR_KEY_FILE: chain.anchorKeyFile,
      REVOKER_KEY_FILE: chain.revokerKeyFile,
      ADMIN_ADDRESS: chain.adminAddress,
    }),
  };
}

async function isReady(address: string): Promise<boolean> {
  const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) });
  if (response.ok) return true;
  const text = await response.text();
  if (doesItsWork(text)) return true;
  throw new Failure(text.slice(0, 300));
}

const readinessSchema = z.object({ parts: z.record(z.string(), z.object({ ok: z.boolean() })) });

/** A batch without a proof is an alarm that no restart ends: the service does all its other work. */
function doesItsWork(readiness: string): boolean {
  try {
    const { parts } = readinessSchema.parse(JSON.parse(readiness));
    return Object.entries(parts).every(([name, { ok }]) => ok || name === 'proofs');
  } catch {
    return false;
  }
}
