// SPDX-License-Identifier: Apache-2.0
// The master key file: `{"v":1,"active":"<id>","keys":{"<id>":"<base64, 32 bytes>"},"index":"<base64, 32 bytes>"}`.
// `npm run rotate-keys` adds a key, names it active, and takes the old one away once no ciphertext names it. The index key
// never changes: blind indexes are computed from it and could not be found again.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { makeSecretFile, writeSecretDraft } from './secret-file.ts';

const KEY_BYTES = 32;

const key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === KEY_BYTES);

const keyFileSchema = z
  .strictObject({
    v: z.literal(1),
    active: z.string(),
    keys: z.record(z.string().regex(/^[a-z0-9-]{1,32}$/), key),
    index: key,
  })
  .refine((file) => file.active in file.keys);

export type MasterKeys = z.output<typeof keyFileSchema>;

/** Reads the file, or makes it when there is none. Two processes that start at once end with the same key. */
export function readOrMakeKeyFile(file: string): MasterKeys {
  try {
    if (!statSync(file, { throwIfNoEntry: false })) makeKeyFile(file);
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      throw new StartError('key-file-unusable', `${file} must be readable by its owner only (mode 0600)`);
    }
    return keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof StartError) throw error;
    // The cause stays out: a parser's message may quote the key.
    throw new StartError('key-file-unusable', `${file} cannot be read, created or parsed`);
  }
}

/** The keys of the file as they are now: a rotation replaces the file while services run. */
export function watchKeyFile(file: string): () => MasterKeys {
  let keys = readOrMakeKeyFile(file);
  let version = versionOf(file);
  return () => {
    const found = versionOf(file);
    if (found !== undefined && found !== version) {
      keys = readOrMakeKeyFile(file);
      version = found;
    }
    return keys;
  };
}

/** Undefined while the file cannot be seen: the keys that are known stay good. */
function versionOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat && `${stat.ino} ${stat.mtimeNs}`;
}

/** In one step: a reader sees the keys of before or of now. */
export function replaceKeyFile(file: string, keys: MasterKeys): void {
  renameSync(writeSecretDraft(file, textOf(keys)), file);
}

export function newMasterKey(): { id: string; key: MasterKeys['index'] } {
  return { id: `k-${randomBytes(4).toString('hex')}`, key: randomBytes(KEY_BYTES) };
}

function textOf({ v, active, keys, index }: MasterKeys): string {
  const texts = Object.fromEntries(Object.entries(keys).map(([id, each]) => [id, each.toString('base64')]));
  return `${JSON.stringify({ v, active, keys: texts, index: index.toString('base64') }, null, 2)}\n`;
}

function makeKeyFile(file: string): void {
  const { id, key: first } = newMasterKey();
  makeSecretFile(file, textOf({ v: 1, active: id, keys: { [id]: first }, index: randomBytes(KEY_BYTES) }));
}
