// SPDX-License-Identifier: Apache-2.0
// Settings and keys, as one encrypted part: everything in the data folder's `keys/`, every file that a setting names, and the
// settings themselves, which hold passwords.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { environmentSchema as ledgerSchema } from '../../ledger-service/src/config.ts';
import { environmentSchema as portalSchema } from '../../portal-api/src/config.ts';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';
import type { Settings } from '../supervisor/settings.ts';

/** The chain writes it again and again. */
const NOT_KEPT = ['CHAIN_DURABLE_FILE', 'SEED_REVIEWER_FILE'];
/** Without these a backup is worth nothing: what the first wraps stays closed, and nothing is anchored without the second. */
const NEEDED = [
  { setting: 'INKSEAL_KEY_FILE', name: 'portal-master-key.json', what: 'the master key' },
  { setting: 'ANCHOR_KEY_FILE', name: 'anchor.key', what: 'the anchoring key' },
];

const secretsSchema = z.object({
  settings: z.record(z.string(), z.string()),
  files: z.array(
    z.object({
      /** Below `keys/`, or the setting that names it. */
      name: z.string().regex(/^[\w.-]+$/),
      /** Where it was; absent for those in `keys/`. */
      from: z.string().optional(),
      bytes: z.base64(),
    }),
  ),
});

type Secrets = z.output<typeof secretsSchema>;

/** Throws when a key that a backup cannot be without is missing, or one that a setting names. */
export function gatherSecrets({ dataFolder }: Pick<Settings, 'dataFolder'>, env: NodeJS.ProcessEnv): Uint8Array {
  const keys = path.join(dataFolder, 'keys');
  for (const { setting, name, what } of NEEDED) {
    const file = env[setting] || path.join(keys, name);
    if (!existsSync(file))
      throw new Failure(`${what} is missing (${setting}, ${file}): without it the backup is useless`);
  }
  const own = existsSync(keys) ? readdirSync(keys).filter((name) => statSync(path.join(keys, name)).isFile()) : [];
  const settings = settingsIn(env);
  const named = Object.entries(settings).filter(
    ([setting, file]) =>
      setting.endsWith('_FILE') && !NOT_KEPT.includes(setting) && path.dirname(path.resolve(file)) !== keys,
  );
  const secrets: Secrets = {
    settings,
    files: [
      ...own.map((name) => ({ name, bytes: base64Of(path.join(keys, name)) })),
      ...named.map(([name, file]) => ({ name, from: path.resolve(file), bytes: base64Of(file, name) })),
    ],
  };
  return Buffer.from(JSON.stringify(secrets));
}

export function readSecrets(bytes: Uint8Array): Secrets {
  return secretsSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

/** Answers the files that belong elsewhere, with the place where each was. */
export async function writeSecrets({ settings, files }: Secrets, to: string): Promise<string[]> {
  await mkdir(path.join(to, 'keys'), { recursive: true, mode: 0o700 });
  const elsewhere: string[] = [];
  for (const { name, from, bytes } of files) {
    const file = path.join(to, from === undefined ? 'keys' : 'restored', name);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeDurably(file, Buffer.from(bytes, 'base64'));
    if (from !== undefined) elsewhere.push(`${file} was ${from} (${name})`);
  }
  if (Object.keys(settings).length > 0) {
    const file = path.join(to, 'restored', 'settings.env');
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
    await writeDurably(file, lines.join(''));
    elsewhere.push(`${file} has the settings of the system that was backed up`);
  }
  return elsewhere;
}

function settingsIn(env: NodeJS.ProcessEnv): Record<string, string> {
  const known = [...Object.keys(ledgerSchema.shape), ...Object.keys(portalSchema.shape)];
  return Object.fromEntries(known.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

function base64Of(file: string, setting?: string): string {
  if (!existsSync(file)) throw new Failure(`${setting} names ${file}, which is missing: correct the setting first`);
  return readFileSync(file).toString('base64');
}
