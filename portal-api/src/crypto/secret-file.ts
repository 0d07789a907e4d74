// SPDX-License-Identifier: Apache-2.0
// Files that hold keys: readable by us alone, whole before they have their name, and never in place of another's.
import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes the content beside the file, on the disk when this returns; answers its path. */
export function writeSecretDraft(file: string, content: string | Uint8Array): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(draft, 0o600);
  return draft;
}

/** Makes the file and its folder; one that another process made meanwhile stays. */
export function makeSecretFile(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = writeSecretDraft(file, content);
  try {
    // Unlike a rename, a link refuses to replace a file.
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}
