// SPDX-License-Identifier: Apache-2.0
// The master key file: `{"v":1,"active":"<id>","keys":{"<id>":"<base64, 32 bytes>"},"index":"<base64, 32 bytes>"}`.
// To rotate, add a key and name it active; old keys stay, because every ciphertext names its key. The index key never
// changes: blind indexes are computed from it and could not be found again.
import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';

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

function makeKeyFile(file: string): void {
  const id = `k-${randomBytes(4).toString('hex')}`;
  const fresh = () => randomBytes(KEY_BYTES).toString('base64');
  const text = `${JSON.stringify({ v: 1, active: id, keys: { [id]: fresh() }, index: fresh() }, null, 2)}\n`;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(draft, 0o600);
  try {
    // A link refuses to replace the file that another process made meanwhile.
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}
